data "twilio_sip_access_report" "account" {}

output "addresses_by_domain" {
  value = { for domain in data.twilio_sip_access_report.account.domains : domain.domain_name => domain.address_count }
}

output "unused_lists" {
  value = data.twilio_sip_access_report.account.unattached_ip_access_control_list_sids
}
