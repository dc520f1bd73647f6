// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ownership_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/ownership"
)

func TestDetachmentsReportAll(t *testing.T) {
	t.Parallel()
	var p ownership.Detachments
	attached := []string{"AL1", "ALa"}
	if p.ReportAll("TK1", attached) {
		t.Error("reported although nothing is detached")
	}
	p.Add("TK1", "AL1")
	if p.ReportAll("TK1", attached) {
		t.Error("reported although one stays")
	}
	p.Add("TK2", "ALA")
	if p.ReportAll("TK1", attached) {
		t.Error("reported although the other is detached from another trunk")
	}
	p.Add("tk1", "ALA")
	if !p.ReportAll("TK1", attached) {
		t.Error("not reported")
	}
	if p.ReportAll("TK1", attached) {
		t.Error("reported twice")
	}
}

// TestDetachmentsReportAllOnce completes the detachments of a parent from many plans at once.
func TestDetachmentsReportAllOnce(t *testing.T) {
	t.Parallel()
	var (
		p        ownership.Detachments
		attached []string
		wait     sync.WaitGroup
		mu       sync.Mutex
		reports  int
	)
	for i := range 50 {
		attached = append(attached, "AL"+strings.Repeat("0", i))
	}
	for _, list := range attached {
		wait.Go(func() {
			p.Add("TK1", list)
			if p.ReportAll("TK1", attached) {
				mu.Lock()
				defer mu.Unlock()
				reports++
			}
		})
	}
	wait.Wait()
	if reports != 1 {
		t.Errorf("%d reports", reports)
	}
}

func TestDetachmentsRemaining(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var p ownership.Detachments
		expect := func(want []string, waited time.Duration, ctx context.Context, list string, trunks ...string) {
			t.Helper()
			start := time.Now()
			got := p.Remaining(ctx, list, trunks)
			if took := time.Since(start); !slices.Equal(got, want) || took != waited {
				t.Errorf("%q after %s, not %q after %s", got, took, want, waited)
			}
		}
		expect(nil, 0, t.Context(), "AL1")
		// Nothing detaches the list.
		expect([]string{"TK1"}, time.Second, t.Context(), "AL1", "TK1")
		// The list is detached during the wait, and after that no wait is needed.
		time.AfterFunc(510*time.Millisecond, func() { p.Add("TK1", "AL1") })
		expect(nil, 520*time.Millisecond, t.Context(), "al1", "TK1")
		expect(nil, 0, t.Context(), "AL1", "TK1")
		expect([]string{"TK2"}, time.Second, t.Context(), "AL1", "TK1", "TK2")
		// An interrupt ends the wait.
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		expect([]string{"TK2"}, 100*time.Millisecond, ctx, "AL1", "TK2")
	})
}

// TestDetachmentsManyWait checks that waiting lists leave slots in which Terraform can plan their attachments.
func TestDetachmentsManyWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var p ownership.Detachments
		waitMore := func() {
			for range 4 {
				go p.Remaining(t.Context(), "AL1", []string{"TK1"})
			}
			synctest.Wait()
		}
		start := time.Now()
		waitMore()
		if got := p.Remaining(t.Context(), "AL2", []string{"TK1"}); !slices.Equal(got, []string{"TK1"}) {
			t.Errorf("the plan detaches nothing, but %q remain", got)
		}
		p.Add("TK2", "AL3")
		if got := p.Remaining(t.Context(), "AL2", []string{"TK1"}); got != nil {
			t.Errorf("%q remain, but may yet be detached", got)
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("waited %s", took)
		}
		time.Sleep(2 * time.Second)
		if got := p.Remaining(t.Context(), "AL2", []string{"TK1"}); !slices.Equal(got, []string{"TK1"}) {
			t.Errorf("%q remain after the others have ended", got)
		}
	})
}
