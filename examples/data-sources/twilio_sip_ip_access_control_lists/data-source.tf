data "twilio_sip_ip_access_control_lists" "branches" {
  friendly_name_prefix = "Branch "
}

output "branches" {
  description = "SID and name of each list."
  value       = { for list in data.twilio_sip_ip_access_control_lists.branches.ip_access_control_lists : list.sid => list.friendly_name }
}
