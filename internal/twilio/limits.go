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
	// logSize bounds what is remembered of ended attempts.
	logSize = 1024
	// An episode, in which rejections are gathered before they are judged, lasts as long as an answer, within these bounds.
	minEpisode = 5 * time.Millisecond
	maxEpisode = 250 * time.Millisecond
	// longestDry is longer than any limit "so many a second" can keep everything out.
	longestDry = 1500 * time.Millisecond
)

// place is an attempt in flight.
type place struct{ began time.Time }

// endedAttempt is an attempt that is over.
type endedAttempt struct {
	began, ended time.Time
	verdict      verdict
	beside       int // of a rejected one: how many may have been in service meanwhile; -1: not yet known
}

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
	served    time.Time // when the last good answer came

	episode     time.Time // its end; zero: none
	hold        int       // the most in flight during the episode
	widthBlamed time.Time // when the window was last narrowed for a share of rejections
	suspicions  int       // episodes in a row that speak against the window

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
	trial           time.Time // the last of them
	first, measured measure   // before the first and the last of them
	cuts            int
	inVain          int // cuts in a row that did not help
	good, bad       int // verdicts before all of them

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
	e := endedAttempt{p.began, now, v, -1}
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
	l.undisturbed, l.served = l.currentPace(now), now
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
		// Not too many after all.
		l.tooMany, l.patience = 0, firstPatience
	}
}

func (l *limits) onRejected(e endedAttempt, now time.Time) {
	if l.episode.IsZero() {
		length := 4 * minEpisode
		if l.answerTime > 0 {
			length = min(max(l.answerTime, minEpisode), maxEpisode)
		}
		l.episode, l.hold = now.Add(length), l.max
	}
	l.hold = min(l.hold, len(l.live))
	if l.noiseAt(now) > 0.05 {
		l.hold = max(l.hold, l.window*3/4)
	}
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
	for i := range l.log {
		if e := &l.log[i]; e.verdict == rejected && e.beside < 0 {
			e.beside = l.servedBeside(*e)
			beside = min(beside, e.beside)
		}
	}
	// A server that allows so many serves all of them when it rejects.
	allowed := l.servedAtOnce(now)
	trying := l.tooMany != 0 && l.window >= l.tooMany
	if trying {
		allowed = l.tooMany - 1
	}
	if beside >= allowed && beside > 0 {
		l.suspicions++
		// A window that is tried again gets a second chance, as does any when rejections come by chance.
		if !trying && l.noiseAt(now) < 0.05 || l.suspicions > 1 {
			l.narrow(beside)
			return
		}
	} else {
		l.suspicions = 0
	}
	l.slowDown(now)
}
