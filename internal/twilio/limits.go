// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"math"
	"slices"
	"time"

	"golang.org/x/time/rate"
)

// verdict is what an attempt tells about the account's limits.
type verdict int

const (
	unclear  verdict = iota // a fault that is not about limits
	accepted                // answered
	rejected                // answered with 429
)

const (
	// startWindow is how many requests are in flight at first. Each good answer adds one until there is a reason not to.
	startWindow = 4
	// logSize and memory bound what is remembered of ended attempts.
	logSize = 1024
	memory  = 3 * time.Second
	// An episode, in which rejections are gathered before they are judged, lasts as long as an answer, within these bounds.
	minEpisode = 5 * time.Millisecond
	maxEpisode = 250 * time.Millisecond
	// firstPatience is how many good answers pass before a window that was once too large is tried again; maxPatience is
	// where doubling it ends.
	firstPatience = 8
	maxPatience   = 256
	// maxSilence is how long nothing may be accepted while shares of rejections are still judged.
	maxSilence = 500 * time.Millisecond
	// trialLength is how soon one cut must follow another to belong to one trial.
	trialLength = 10 * time.Second
	// noiseHalfLife is the time in which half of what is known of noise is forgotten.
	noiseHalfLife = 20 * time.Second
	// longestDry is longer than any limit "so many a second" can keep everything out.
	longestDry = 1500 * time.Millisecond
	// tolerated is the share of rejected requests that is no reason to slow down.
	tolerated = 0.1
	// toleratedAlone is the same for a caller that is alone.
	toleratedAlone = 0.25
	// flood is how many answers, most of them rejections, within a second speak for themselves.
	flood = 20
	// minPace is a pace that is not gone below, in requests a second. Rejections of lone requests do the rest.
	minPace = 0.5
	// Shares are judged over at least minJudged and at most maxJudged.
	minJudged = time.Second
	maxJudged = 2 * time.Second
)

// place is an attempt in flight.
type place struct{ began time.Time }

// ended is an attempt that is over.
type endedAttempt struct {
	began, ended time.Time
	verdict      verdict
}

// measure is what was sent and accepted, a second, and the share that was rejected.
type measure struct{ sent, accepted, share float64 }

// limits learns what the account bears: how many requests at once (the window) and how many a second (the pace).
// Twilio publishes neither, and says 429 to both. What tells them apart is how many other requests were being served
// when one was rejected: if more were accepted side by side a moment ago, it was not for their number.
//
//   - At once: after a rejection the place stays empty until the episode is over, so that rejected requests do not
//     replace each other. While a request that is all alone is rejected, single ones probe, at growing distances.
//   - Window: set to the number served beside the rejected request. One more is tried after a number of good answers
//     that doubles each time it was in vain.
//   - Pace: none, until rejections cannot be blamed on the window. Then what was accepted in the last second. It grows
//     again, slowly at first, ever faster while nothing speaks against it.
//   - Noise: a share of rejections that stays when the pace goes down does not come from the pace. It is tolerated then.
type limits struct {
	max        int
	live       []*place
	log        []endedAttempt // the oldest first
	answerTime time.Duration  // smoothed

	window   int
	tooMany  int // a window that was rejected; 0: unknown
	patience int
	calm     int // good answers since the window last changed for the worse, or was tried

	contended time.Time // when a request last had to wait for another

	episode    time.Time // its end; zero: none
	hold       int       // the most in flight during the episode
	offences   []endedAttempt
	suspicions int // episodes in a row that speak against the window

	dry      int       // lone rejections since the last good answer
	drySince time.Time // the first of these
	resume   time.Time // when the next lone request may go
	dryPaced bool      // this dry spell has set the pace

	bucket      *rate.Limiter
	pace        float64 // requests a second when it was set; 0: none
	paceSet     time.Time
	paceScale   time.Duration // of its growth
	guessed     bool          // pace was reckoned from one moment
	before      float64       // pace before the trial
	undisturbed float64       // pace at the last good answer
	judged      time.Time     // since when shares count; zero: from the next good answer

	// A trial is a row of cuts of the pace by which it is seen whether cutting helps.
	trial    time.Time // the last of them
	measured measure   // before it
	inVain   int       // cuts in a row that did not help

	noise    float64 // when it was found
	noiseSet time.Time
}

func newLimits(maxConcurrent int) limits {
	return limits{
		max:      maxConcurrent,
		window:   min(startWindow, maxConcurrent),
		patience: firstPatience,
		bucket:   rate.NewLimiter(rate.Inf, 1),
	}
}

// allow reports whether an attempt may be sent now, and if time alone must pass, how much.
func (l *limits) allow(now time.Time) (bool, time.Duration) {
	l.settle(now)
	if len(l.live) >= l.max {
		return false, 0
	}
	limit := l.window
	if !l.episode.IsZero() {
		limit = min(limit, max(l.hold, 1))
	}
	if l.dry > 0 {
		limit = 1
	}
	if len(l.live) >= limit {
		if l.episode.IsZero() {
			return false, 0
		}
		return false, l.episode.Sub(now)
	}
	if l.dry > 0 && now.Before(l.resume) {
		return false, l.resume.Sub(now)
	}
	return l.takeToken(now)
}

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

// begin notes an attempt that is sent now.
func (l *limits) begin(now time.Time) *place {
	p := &place{began: now}
	l.live = append(l.live, p)
	return p
}

// withdraw forgets an attempt that was not sent after all.
func (l *limits) withdraw(p *place) {
	l.live = slices.DeleteFunc(l.live, func(other *place) bool { return other == p })
}

// ended notes what came of an attempt. waiting says that others wait to be sent.
func (l *limits) ended(p *place, v verdict, waiting bool, now time.Time) {
	l.settle(now)
	if waiting {
		l.contended = now
	}
	full := len(l.live) >= l.window
	l.withdraw(p)
	e := endedAttempt{p.began, now, v}
	if len(l.log) == logSize {
		l.log = slices.Delete(l.log, 0, logSize/4)
	}
	l.log = append(l.log, e)
	switch v {
	case accepted:
		l.onAccepted(e, full && waiting, now)
	case rejected:
		l.onRejected(e, now)
	}
}

func (l *limits) onAccepted(e endedAttempt, full bool, now time.Time) {
	took := e.ended.Sub(e.began)
	if l.answerTime == 0 {
		l.answerTime = took
	}
	l.answerTime += (took - l.answerTime) / 8

	if l.dry > 0 && now.Sub(l.drySince) > longestDry {
		// So long a silence is no limit a second.
		l.setPace(l.undisturbed, now)
	}
	l.dry, l.dryPaced = 0, false
	l.undisturbed = l.currentPace(now)
	if l.judged.IsZero() {
		l.judged = now
	}

	l.calm++
	switch {
	case l.tooMany == 0:
		if full && l.episode.IsZero() {
			l.window = min(l.window+1, l.max)
		}
	case l.window < l.tooMany && l.calm >= l.patience:
		l.window, l.calm = min(l.tooMany, l.max), 0
	case l.window >= l.tooMany && l.calm >= 2*l.tooMany && l.servedAtOnce(now) >= l.tooMany:
		l.tooMany, l.patience = 0, firstPatience
	}
}

func (l *limits) onRejected(e endedAttempt, now time.Time) {
	if l.episode.IsZero() {
		length := 4 * minEpisode
		if l.answerTime > 0 {
			length = min(max(l.answerTime, minEpisode), maxEpisode)
		}
		l.episode, l.hold, l.offences = now.Add(length), l.max, nil
	}
	l.hold = min(l.hold, len(l.live))
	l.offences = append(l.offences, e)
	if len(l.live) > 0 {
		return
	}
	l.dry++
	if l.dry == 1 {
		l.drySince = e.began
	}
	// 10, 20, … 250 ms; 0.5, 1, 2 s when it lasts.
	pause := min(10*time.Millisecond<<min(l.dry-1, 10), 250*time.Millisecond)
	if l.dry > 20 {
		pause <<= min((l.dry-11)/10, 3)
	}
	l.resume = now.Add(pause)
}

// settle judges the rejections of an episode that is over.
func (l *limits) settle(now time.Time) {
	if l.episode.IsZero() || now.Before(l.episode) {
		return
	}
	now = l.episode
	l.episode = time.Time{}

	beside := math.MaxInt
	for _, offence := range l.offences {
		beside = min(beside, l.servedBeside(offence))
	}
	atOnce := l.servedAtOnce(now)
	if beside >= atOnce && beside > 0 {
		l.suspicions++
		if l.noiseAt(now) < 0.05 || l.suspicions > 1 {
			l.narrow(beside)
			return
		}
	} else {
		l.suspicions = 0
	}
	l.slowDown(now)
}

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

// servedAtOnce is the largest number of requests that were accepted side by side lately.
func (l *limits) servedAtOnce(now time.Time) int {
	most := 0
	for _, e := range l.log {
		if e.verdict != accepted || now.Sub(e.ended) > memory {
			continue
		}
		// A largest number is reached when one begins.
		n := 0
		for _, other := range l.log {
			if other.verdict == accepted && !other.began.After(e.began) && other.ended.After(e.began) {
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
	var began, ended []time.Time
	add := func(b, e time.Time) {
		if !b.After(r.ended) && e.After(r.began) {
			began, ended = append(began, b), append(ended, e)
		}
	}
	for _, e := range l.log {
		if e.verdict != rejected {
			add(e.began, e.ended)
		}
	}
	for _, p := range l.live {
		add(p.began, r.ended.Add(1))
	}
	most := 0
	for _, at := range append(began, r.began) {
		if at.Before(r.began) {
			at = r.began
		}
		n := 0
		for i := range began {
			if !began[i].After(at) && ended[i].After(at) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
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
	if pace := l.currentPace(now); pace > 0 && l.noiseAt(now) < 0.05 && (!l.alone(now) || shareRejected(l.log) < 0.2) && !l.judged.Before(l.paceSet) && now.Sub(l.paceSet) > l.paceScale/2 {
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
	if l.alone(now) {
		least = max(least, toleratedAlone)
	}
	if span < minJudged || bad < 3 || share <= least {
		return l.flooded(from, noise, now)
	}

	// Does slowing down help? If what is accepted shrinks as what is sent does, and the share of rejections stays, it does
	// not: then they are noise.
	m := measure{sent: float64(good+bad) / span.Seconds(), accepted: float64(good) / span.Seconds(), share: share}
	switch {
	case now.Sub(l.trial) > max(trialLength, 2*longest):
		l.inVain, l.before = 0, pace
	case m.sent <= 0.9*l.measured.sent && m.accepted <= 0.9*l.measured.accepted && share >= 0.6*l.measured.share:
		l.inVain++
	default:
		l.inVain = 0
	}
	l.trial, l.measured = now, m
	if l.inVain >= 2 {
		l.noise, l.noiseSet = min(share, 0.5), now
		l.tooMany = 0
		l.setPace(l.before, now)
		l.trial = time.Time{}
		return true
	}
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
