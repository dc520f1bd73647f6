// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

const help = `mocktwilio is a local Twilio for SIP IP access control lists: lists, their
addresses, SIP domains, Elastic SIP trunks, and the lists mapped to them.
It needs no account and no network, and forgets everything when it ends.

Usage:
  mocktwilio [flags] -- COMMAND [ARGUMENTS…]
      Start on a free port, run the command against it, and end with the
      command's exit status (128+n when signal n ended it).
  mocktwilio [flags]
      Serve until interrupted. The three lines to export are printed.

The command's environment gets TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and
TWILIO_BASE_URL. TWILIO_API_KEY, TWILIO_API_SECRET, TWILIO_REGION and
TWILIO_EDGE are taken out of it, so that nothing real is used. What there is at
the start is in MOCKTWILIO_LIST_SIDS, MOCKTWILIO_DOMAIN_SIDS,
MOCKTWILIO_TRUNK_SIDS and MOCKTWILIO_SUBACCOUNTS (SID:TOKEN), separated by
spaces.

A summary of the requests by endpoint goes to standard error at the end.

Examples:
  mocktwilio -- terraform apply -auto-approve
  mocktwilio -- terraform test
  mocktwilio --log --list 'office=203.0.113.0/24,198.51.100.7' -- sh
  mocktwilio --latency 100ms --max-in-flight 3 -- terraform plan
  mocktwilio --fault 'POST IpAddresses\.json$ close-after' -- terraform apply
  mocktwilio --listen 127.0.0.1:4010 --domain example.sip.twilio.com

What there is at the start (all may be given several times but --seed-lists and
--subaccounts):
  --list NAME[=ADDRESS,…]   a list, with these IPv4 addresses or CIDR blocks
  --seed-lists N            so many empty lists: list-1, list-2, …
  --domain NAME             a SIP domain
  --trunk NAME[=DOMAIN]     an Elastic SIP trunk
  --subaccounts N           subaccounts of the account
  --account-sid SID         of the account, instead of
                            ` + defaultAccountSID + `
  --auth-token TOKEN        of the account
  --seed N                  the same SIDs in every run (default 0: random)

Behaviour:
  --latency DURATION        before each answer, such as 150ms
  --max-in-flight N         requests at a time; those above get 429, code 20429
  --max-per-second N        requests a second; those above get the same
  --rate-window WINDOW      how a second is counted: sliding (any second, the
                            default) or fixed (each second of the clock)
  --retry-after MODE        in 429 answers: none (default), seconds or date
  --trunk-blocks-list-delete
                            refuse to delete a list that a trunk uses
  --fault FAULT             make requests fail, see below

  --listen ADDRESS          loopback only (default 127.0.0.1:0, a free port)
  --log                     print each request to standard error
  --help                    this text

A FAULT is METHOD PATH KIND and options, separated by spaces:
  METHOD  GET, POST, DELETE, or * for any
  PATH    a regular expression for the path, or * for any
  KIND    status=N          Twilio's error body with HTTP status N
          html[=N]          a gateway's HTML page (default status 502)
          empty[=N]         a status without a body
          close-before      the connection is closed, nothing was done
          close-after       carried out, then the connection is closed
          truncate          carried out, the connection closed within the answer
          cut-json          carried out, half of the answer sent as if it were
                            all
          hang[=DURATION]   no answer; held until the client leaves or DURATION
                            has passed
          delay=DURATION    a late answer
  options xN                befalls N requests (default 1), x* all of them
          skip=N            after N matching requests have passed
          after             strikes after the request was carried out
          code=N            Twilio's error code, with status
          wait=DURATION     passes before the fault strikes
          header=NAME:VALUE a header of the answer
`
