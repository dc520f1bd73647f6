data "twilio_sip_ip_access_control_lists" "branches" {
  friendly_name_prefix = "Branch "
}

output "branches" {
  description = "Names of the lists, by SID."
  value       = { for list in data.twilio_sip_ip_access_control_lists.branches.ip_access_control_lists : list.sid => list.friendly_name }
}
