// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

// The kinds of objects, with the limits and error codes that Twilio documents.
var (
	Lists = &Kind{
		name: "IpAccessControlList", key: "ip_access_control_lists", prefix: "AL", most: 1000, full: 21255, inUse: 21236,
		fields: []field{{parameter: "FriendlyName", json: "friendly_name", parse: name(255), need: always}},
		below:  []string{"IpAddresses"},
	}
	Addresses = &Kind{
		name: "IpAddress", key: "ip_addresses", prefix: "IP", parent: Lists, most: 100, full: 21237,
		fields: []field{
			{parameter: "FriendlyName", json: "friendly_name", parse: name(255), need: toCreate},
			{parameter: "IpAddress", json: "ip_address", parse: ipv4, need: toCreate},
			{parameter: "CidrPrefixLength", json: "cidr_prefix_length", parse: prefixLength, initial: fullPrefix},
		},
	}

	CredentialLists = &Kind{
		name: "CredentialList", key: "credential_lists", prefix: "CL", most: 100, full: 21239, inUse: 21241,
		fields: []field{{parameter: "FriendlyName", json: "friendly_name", parse: name(64), need: always}},
		below:  []string{"Credentials"},
	}
	Credentials = &Kind{
		name: "Credential", key: "credentials", prefix: "CR", parent: CredentialLists, most: 1000, full: 21242,
		fields: []field{
			{parameter: "Username", json: "username", parse: name(32), need: toCreateOnly},
			{parameter: "Password", parse: password, need: toCreate},
		},
	}

	Domains = &Kind{
		name: "Domain", key: "domains", prefix: "SD", most: 100, full: 21230,
		fields: []field{
			{parameter: "DomainName", json: "domain_name", parse: domainName("sip"), need: toCreate},
			{parameter: "FriendlyName", json: "friendly_name", parse: orNull(name(64))},
			{parameter: "VoiceUrl", json: "voice_url", parse: orNull(webURL)},
			{parameter: "VoiceMethod", json: "voice_method", parse: oneOf("GET", "POST"), initial: "POST"},
			{parameter: "VoiceFallbackUrl", json: "voice_fallback_url", parse: orNull(webURL)},
			{parameter: "VoiceFallbackMethod", json: "voice_fallback_method", parse: oneOf("GET", "POST"), initial: "POST"},
			{parameter: "VoiceStatusCallbackUrl", json: "voice_status_callback_url", parse: orNull(webURL)},
			{parameter: "VoiceStatusCallbackMethod", json: "voice_status_callback_method", parse: oneOf("GET", "POST"), initial: "POST"},
			{parameter: "SipRegistration", json: "sip_registration", parse: boolean, initial: false},
			{parameter: "EmergencyCallingEnabled", json: "emergency_calling_enabled", parse: boolean, initial: false},
			{parameter: "Secure", json: "secure", parse: boolean, initial: false},
			{parameter: "ByocTrunkSid", json: "byoc_trunk_sid", parse: orNull(sidOf("BY"))},
			{parameter: "EmergencyCallerSid", json: "emergency_caller_sid", parse: orNull(sidOf("PN"))},
		},
		below: []string{"IpAccessControlListMappings", "CredentialListMappings", "Auth"},
	}
	DomainLists           = attachment(Domains, Lists, "ip_access_control_list_mappings")
	DomainCredentialLists = attachment(Domains, CredentialLists, "credential_list_mappings")
	// DomainRegistrations are the credential lists that SIP endpoints register with.
	DomainRegistrations = attachment(Domains, CredentialLists, "registration_credential_list_mappings")

	Trunks = &Kind{
		name: "Trunk", key: "trunks", prefix: "TK", most: 100, full: 21244,
		fields: []field{
			{parameter: "FriendlyName", json: "friendly_name", parse: orNull(name(64))},
			{parameter: "DomainName", json: "domain_name", parse: orNull(domainName("pstn"))},
			{parameter: "DisasterRecoveryUrl", json: "disaster_recovery_url", parse: orNull(webURL)},
			{parameter: "DisasterRecoveryMethod", json: "disaster_recovery_method", parse: orNull(oneOf("GET", "POST"))},
			{parameter: "TransferMode", json: "transfer_mode", parse: oneOf("disable-all", "enable-all", "sip-only"), initial: "disable-all"},
			{parameter: "TransferCallerId", json: "transfer_caller_id", parse: oneOf("from-transferee", "from-transferor"), initial: "from-transferee"},
			{parameter: "Secure", json: "secure", parse: boolean, initial: false},
			{parameter: "CnamLookupEnabled", json: "cnam_lookup_enabled", parse: boolean, initial: false},
			{json: "symmetric_rtp_enabled", parse: boolean, initial: false},
			{json: "recording", nested: recordingFields},
		},
		below: []string{"OriginationUrls", "CredentialLists", "IpAccessControlLists", "PhoneNumbers"},
	}
	TrunkLists           = attachment(Trunks, Lists, "ip_access_control_lists")
	TrunkCredentialLists = attachment(Trunks, CredentialLists, "credential_lists")
	OriginationURLs      = &Kind{
		name: "OriginationUrl", key: "origination_urls", prefix: "OU", parent: Trunks,
		fields: []field{
			{parameter: "FriendlyName", json: "friendly_name", parse: name(64), need: toCreate},
			{parameter: "SipUrl", json: "sip_url", parse: sipURL, need: toCreate},
			{parameter: "Priority", json: "priority", parse: number(0, 65535), need: toCreate},
			// The documented minimum weight is 1, but Twilio has accepted 0.
			{parameter: "Weight", json: "weight", parse: number(0, 65535), need: toCreate},
			{parameter: "Enabled", json: "enabled", parse: boolean, need: toCreate},
		},
	}
)

// recording is not an object, but it has its own path.
var recording = &Kind{
	parent: Trunks,
	fields: recordingFields,
}

var recordingFields = []field{
	{parameter: "Mode", json: "mode", initial: "do-not-record", parse: oneOf(
		"do-not-record", "record-from-ringing", "record-from-answer", "record-from-ringing-dual", "record-from-answer-dual")},
	{parameter: "Trim", json: "trim", parse: oneOf("do-not-trim", "trim-silence"), initial: "do-not-trim"},
}

// kinds are all kinds, with lists before the attachments of lists.
var kinds = []*Kind{
	Lists, Addresses, CredentialLists, Credentials,
	Domains, DomainLists, DomainCredentialLists, DomainRegistrations,
	Trunks, TrunkLists, TrunkCredentialLists, OriginationURLs,
}
