# Twilio shows a trunk only to the credentials of its own account, so each
# subaccount with a trunk needs its own provider block.
variable "north_auth_token" {
  description = "Auth token of subaccount north."
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
