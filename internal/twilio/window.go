// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"slices"
	"time"
)

const (
	// firstPatience is how many good answers pass before a window that was once too large is tried again; maxPatience is
	// where doubling it ends.
	firstPatience = 8
	maxPatience   = 256
	// memory is how long it counts that so many were served at once.
	memory = 3 * time.Second
)

// narrow sets the window to a number that was served.
func (l *limits) narrow(served int) {
	if l.tooMany != 0 && l.window >= l.tooMany {
		l.patience = min(2*l.patience, maxPatience)
	} else {
		l.patience = firstPatience
	}
	l.window = max(min(served, l.window-1), 1)
	l.tooMany, l.calm, l.suspicions = l.window+1, 0, 0
}

// tooWide narrows the window if that may end the rejections since from: if there was no pace, and all of those that were
// rejected found almost as many in service as ever. It is worth one attempt before the pace is cut.
func (l *limits) tooWide(from, now time.Time) bool {
	if l.pace > 0 || l.window == 1 || now.Sub(l.widthBlamed) < trialLength || l.noiseAt(now) > 0.05 {
		return false
	}
	beside := l.max
	for _, e := range slices.Backward(l.log) {
		if e.ended.Before(from) {
			break
		}
		if e.verdict == rejected && e.beside >= 0 {
			beside = min(beside, e.beside)
		}
	}
	if beside == 0 || float64(beside) < 0.6*float64(l.servedAtOnce(now)) {
		return false
	}
	l.widthBlamed, l.judged = now, time.Time{}
	l.narrow(beside)
	return true
}

// servedAtOnce is the largest number of requests that were accepted side by side lately.
func (l *limits) servedAtOnce(now time.Time) int {
	most := 0
	for i, e := range slices.Backward(l.log) {
		if now.Sub(e.ended) > memory {
			break
		}
		if e.verdict != accepted {
			continue
		}
		// A largest number is reached when one begins: how many others were there when e did?
		n := 1
		for j, other := range slices.Backward(l.log) {
			if !other.ended.After(e.began) {
				break
			}
			if j != i && other.verdict == accepted && !other.began.After(e.began) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// servedBeside is the largest number of requests that may have been in service at one moment while r was rejected: a
// server that rejects for the number in flight serves as many as it allows, at that moment.
func (l *limits) servedBeside(r endedAttempt) int {
	var others []endedAttempt
	for _, e := range slices.Backward(l.log) {
		if !e.ended.After(r.began) {
			break
		}
		if e.verdict != rejected && !e.began.After(r.ended) {
			others = append(others, e)
		}
	}
	for _, p := range l.live {
		if !p.began.After(r.ended) {
			others = append(others, endedAttempt{began: p.began, ended: r.ended.Add(1)})
		}
	}
	most := 0
	for _, o := range others {
		at := maxTime(o.began, r.began)
		n := 0
		for _, other := range others {
			if !other.began.After(at) && other.ended.After(at) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}
