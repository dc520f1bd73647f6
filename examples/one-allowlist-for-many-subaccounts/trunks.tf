# Trunks are shown to the credentials of their own account alone. A subaccount
# with a trunk needs a provider block with its own credentials.
variable "north_auth_token" {
  description = "Auth token of the subaccount north."
  type        = string
  sensitive   = true
}

provider "twilio" {
  alias       = "north"
  account_sid = var.subaccounts["north"].account_sid
  auth_token  = var.north_auth_token
}

module "north_trunk" {
  source    = "./trunk"
  providers = { twilio = twilio.north }

  trunk_name = "North"
  list_sid   = twilio_sip_ip_access_control_list.gateways["north"].sid
}
