# Copyright (c) The terraform-provider-twilio authors
# SPDX-License-Identifier: MPL-2.0

# Lists trunks with what Python has of its own.
import base64
import os
import urllib.request

request = urllib.request.Request("https://trunking.twilio.com/v1/Trunks")
credentials = os.environ["TWILIO_ACCOUNT_SID"] + ":" + os.environ["TWILIO_AUTH_TOKEN"]
request.add_header("Authorization", "Basic " + base64.b64encode(credentials.encode()).decode())
print(urllib.request.urlopen(request).read().decode())
