// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"math"
	"slices"
	"time"

	"golang.org/x/time/rate"
)

const (
	// tolerated is the share of rejected requests that is no reason to slow down.
	tolerated = 0.1
	// toleratedAlone is the same for a caller that is alone.
	toleratedAlone = 0.25
	// Shares are judged over at least minJudged and at most maxJudged.
	minJudged = time.Second
	maxJudged = 2 * time.Second
	// flood is how many answers, most of them rejections, within a second speak for themselves.
	flood = 20
	// maxSilence is how long nothing may be accepted while shares of rejections are still judged.
	maxSilence = 500 * time.Millisecond
	// minPace is a pace that is not gone below, in requests a second. Rejections of lone requests do the rest.
	minPace = 0.5
	// trialLength is how soon one cut must follow another to belong to one trial.
	trialLength = 20 * time.Second
	// noiseHalfLife is the time in which half of what is known of noise is forgotten.
	noiseHalfLife = time.Minute
)

// measure is what was sent and accepted, a second, and the share that was rejected.
type measure struct{ sent, accepted, share float64 }

// takeToken asks the pace.
func (l *limits) takeToken(now time.Time) (bool, time.Duration) {
	pace := l.currentPace(now)
	if pace == 0 {
		return true, 0
	}
	l.bucket.SetLimitAt(now, rate.Limit(pace))
	if l.bucket.AllowN(now, 1) {
		return true, 0
	}
	missing := 1 - l.bucket.TokensAt(now)
	return false, max(time.Duration(missing/pace*float64(time.Second)), time.Microsecond)
}

// slowDown sets the pace if there are too many rejections.
func (l *limits) slowDown(now time.Time) {
	if l.dry >= l.dryRounds() {
		if n := l.acceptedSince(l.drySince.Add(-time.Second)); n > 0 && !l.dryPaced {
			l.dryPaced = true
			floor := 0.0
			if !l.guessed {
				floor = 0.5 * l.currentPace(now)
			}
			l.guessPace(max(0.95*float64(n), floor), now)
		}
		return
	}
	if l.dry > 3 || l.dry > 1 && now.Sub(l.drySince) > maxSilence || l.tooFast(now) {
		return
	}
	if pace := l.currentPace(now); pace > 0 && l.noiseAt(now) < 0.05 && l.looksTuned(now) && l.served.After(l.paceSet) && now.Sub(l.paceSet) > l.paceScale/2 {
		// The first rejection after some growth: back to just below, before there are more.
		cut := 0.95
		if l.guessed {
			cut = 0.8
		}
		judged := l.judged
		l.setPace(max(cut*pace, minPace), now)
		l.judged = judged
	}
}

// looksTuned reports whether rejections are so few that a small cut is the answer to one.
func (l *limits) looksTuned(now time.Time) bool {
	if l.alone(now) {
		return shareRejected(l.log) < 0.2
	}
	return shareRejected(l.log) < 0.08
}

// tooFast judges the share of rejections, and sets the pace if it is too large.
func (l *limits) tooFast(now time.Time) bool {
	if l.judged.IsZero() {
		return false
	}
	from := l.judged
	longest := maxJudged
	if l.pace > 0 {
		longest = max(longest, time.Duration(20/l.pace*float64(time.Second)))
	}
	if oldest := now.Add(-longest); from.Before(oldest) {
		from = oldest
	}
	good, bad := l.countSince(from)
	share := float64(bad) / float64(max(good+bad, 1))
	span := now.Sub(from)
	noise := l.noiseAt(now)
	pace := l.currentPace(now)
	least := noise + tolerated
	if noise > 0 {
		least += 2 * math.Sqrt(noise*(1-noise)/float64(max(good+bad, 1)))
	}
	if l.alone(now) {
		least = max(least, toleratedAlone)
	}
	if span < minJudged || bad < 3 || share <= least {
		return l.flooded(from, noise, now)
	}

	if l.tooWide(from, now) {
		return true
	}
	// Does slowing down help? If what is accepted shrinks as what is sent does, and the share of rejections stays, it does
	// not: then they are noise.
	m := measure{sent: float64(good+bad) / span.Seconds(), accepted: float64(good) / span.Seconds(), share: share}
	switch {
	case now.Sub(l.trial) > max(trialLength, 2*longest):
		l.cuts, l.inVain, l.before, l.good, l.bad = 0, 0, pace, 0, 0
		l.first = m
		// Whatever this is, it is not the window.
		l.tooMany, l.patience = 0, firstPatience
	case m.sent <= 0.9*l.measured.sent && m.accepted <= 0.9*l.measured.accepted && share >= 0.6*l.measured.share:
		l.inVain++
	default:
		l.inVain = 0
	}
	l.trial, l.measured = now, m
	l.good, l.bad = l.good+good, l.bad+bad
	halved := l.cuts >= 3 && m.sent <= 0.5*l.first.sent && m.accepted <= 0.6*l.first.accepted && share >= 0.6*l.first.share
	enough := 10
	if l.alone(now) {
		enough = 20
	}
	if (l.inVain >= 2 || halved) && l.bad >= enough {
		l.noise, l.noiseSet = min(float64(l.bad)/float64(l.good+l.bad), 0.5), now
		l.tooMany = 0
		l.setPace(l.before, now)
		l.trial = time.Time{}
		return true
	}
	l.cuts++
	l.setPace(max(0.95*m.accepted, 0.5*pace, minPace), now)
	return true
}

// flooded sets the pace when rejections come in numbers that need no second to be judged.
func (l *limits) flooded(from time.Time, noise float64, now time.Time) bool {
	n := len(l.log)
	if n < flood || now.Sub(l.log[n-flood].ended) > time.Second {
		return false
	}
	recent := l.log[n-flood].ended
	if least := now.Add(-100 * time.Millisecond); recent.After(least) {
		recent = least
	}
	from = maxTime(from, recent)
	span := now.Sub(from)
	good, bad := l.countSince(from)
	share := float64(bad) / float64(max(good+bad, 1))
	if span < 100*time.Millisecond || good == 0 || share < max(0.5, noise+0.3) {
		return false
	}
	l.guessPace(max(0.95*float64(good)/span.Seconds(), 0.5*l.currentPace(now), minPace), now)
	return true
}

// alone reports whether no request had to wait for another lately. A caller that is alone slows down by itself after each
// rejection, so that its pace says little.
func (l *limits) alone(now time.Time) bool { return now.Sub(l.contended) > time.Second }

// noiseAt is the share of rejections that does not come from the pace, as far as known. It is forgotten slowly.
func (l *limits) noiseAt(now time.Time) float64 {
	if l.noise == 0 {
		return 0
	}
	return l.noise * math.Exp2(-float64(now.Sub(l.noiseSet))/float64(noiseHalfLife))
}

// countSince counts the attempts that ended since from.
func (l *limits) countSince(from time.Time) (good, bad int) {
	for _, e := range slices.Backward(l.log) {
		if e.ended.Before(from) {
			break
		}
		switch e.verdict {
		case accepted:
			good++
		case rejected:
			bad++
		}
	}
	return good, bad
}

// acceptedSince counts good answers.
func (l *limits) acceptedSince(t time.Time) int {
	n := 0
	for _, e := range l.log {
		if e.verdict == accepted && e.ended.After(t) {
			n++
		}
	}
	return n
}

// dryRounds is how many lone rejections in a row are no coincidence, given the share of rejections before them.
func (l *limits) dryRounds() int {
	earlier := l.log
	for len(earlier) > 0 && earlier[len(earlier)-1].verdict != accepted {
		earlier = earlier[:len(earlier)-1]
	}
	share := max(shareRejected(earlier), l.noiseAt(l.drySince))
	switch {
	case len(earlier) < 20:
		return 4
	case share < 0.05:
		return 3
	}
	return max(3, int(math.Ceil(math.Log(0.002)/math.Log(min(share, 0.6)))))
}

// shareRejected is the share of rejections among the last 50 of log.
func shareRejected(log []endedAttempt) float64 {
	log = log[max(len(log)-50, 0):]
	bad := 0
	for _, e := range log {
		if e.verdict == rejected {
			bad++
		}
	}
	return float64(bad) / float64(max(len(log), 1))
}

// setPace makes perSecond the pace from now on, of which there is little doubt; 0 means none.
func (l *limits) setPace(perSecond float64, now time.Time) {
	scale := time.Second
	if l.pace > 0 && perSecond > 0.7*l.pace && perSecond < 1.3*l.pace {
		// Found again: less doubt.
		scale = min(2*l.paceScale, 4*time.Second)
	}
	if perSecond > 0 {
		scale = max(scale, min(seconds(20/perSecond), 8*time.Second))
	}
	l.pace, l.paceSet, l.paceScale, l.guessed = perSecond, now, scale, false
	l.judged = time.Time{}
}

// guessPace makes perSecond the pace, which was reckoned from one moment: it shall show soon whether more is possible.
func (l *limits) guessPace(perSecond float64, now time.Time) {
	known := !l.guessed && l.pace > 0 && perSecond > 0.7*l.pace && perSecond < 1.3*l.pace
	l.setPace(perSecond, now)
	if !known {
		l.guessed = true
		l.paceScale = min(max(seconds(5/perSecond), 500*time.Millisecond), 2*time.Second)
	}
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// currentPace is the pace with its growth: 8 % in the first span of paceScale, doubling in each that follows. 0 means none.
func (l *limits) currentPace(now time.Time) float64 {
	if l.pace == 0 {
		return 0
	}
	x := float64(now.Sub(l.paceSet)) / float64(l.paceScale)
	pace := l.pace * (1 + 0.08*(math.Exp2(min(x, 30))-1))
	if pace > 10000 {
		l.pace = 0
		return 0
	}
	return pace
}
