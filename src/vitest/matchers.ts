/**
 * The matchers that `hasim/vitest` adds to `expect`. All but two are an expectation of a scenario file in other words, and are judged as
 * one; given runs with several seeds, they hold when they hold with every seed (with `not`: with none).
 */

import type { Verdict } from '../check/verdict.ts';
import type { Role } from '../ha/role.ts';
import { runComplaint, sweepComplaint, type Asked } from './complaint.ts';
import { failsOver } from './failovers.ts';
import { mistake } from './mistake.ts';
import { Run, Seeds } from './run.ts';
import { Sweep } from './sweep.ts';
import type {
  ComparisonWords,
  ConditionWords,
  ExpectationWords,
  FailoverWords,
  LogWords,
  ReachWindow,
  StayWindow,
  When,
  Window,
} from './words.ts';

/** What vitest calls a matcher with, and what it takes back. */
interface Called {
  /** Left out where it is not so. */
  readonly isNot?: boolean | undefined;
}
interface Answer {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Added to what `expect(…)` gives. */
export interface HasimMatchers {
  /** Every expectation of the scenario's file holds. */
  toMeetExpectations(): void;
  /** An expectation holds, in the words of a scenario file: `{ probe: 'ping', lost: '<= 10' }`. */
  toMeet(expectation: ExpectationWords): void;
  /** There is such a failover, and the first of them takes no longer: `{ from: 'palo-1', to: 'palo-2', within: '4s' }`. */
  toFailOver(wanted?: FailoverWords): void;
  /** A firewall is active at a time, or at the end. */
  toBeActive(device: string, when?: When): void;
  /** A firewall has a role at a time, or at the end. */
  toHaveRole(device: string, role: Role, when?: When): void;
  /** A condition holds throughout: `{ role: { 'palo-1': 'active' } }, { until: '20s' }`. */
  toStay(condition: ConditionWords, window?: StayWindow): void;
  /** A condition comes to hold: `{ role: { 'palo-1': 'passive' } }, { from: '60s', until: '90s' }`. */
  toReach(condition: ConditionWords, window?: ReachWindow): void;
  /** Both firewalls are active at once, at some time. */
  toBeDualActive(window?: Window): void;
  /** Traffic of a probe was lost for so long: `'ping', '< 3s'`. */
  toHaveOutage(probe: string, outage: ComparisonWords): void;
  /** So many sessions were lost, by any cause: `'= 0'`; of one workload where it is named. */
  toLoseSessions(lost: ComparisonWords, of?: { readonly workload?: string }): void;
  /** Lines of the system log have this text: at least one unless `times` says how many. */
  toLog(text: string, of?: LogWords): void;
  /** The protocol digest, which pins everything that the firewalls did. */
  toHaveDigest(digest: string): void;
  /** Of `await scenario.sweep('1..300')`: a statement over seeds holds. An undecided one does not. */
  toHold(statement: string): void;
}

type Matcher = (this: Called, received: unknown, ...values: never[]) => Answer;

/** For `expect.extend`. */
export const matchers = {
  toMeetExpectations(received) {
    const asked = { ...asking(this, 'toMeetExpectations'), inFile: true };
    return received instanceof Sweep ? everyOutcome(received, asked) : everyRun(received, asked, verdictsOf);
  },
  toMeet(received, expectation: ExpectationWords) {
    return expects(this, received, 'toMeet', () => expectation);
  },
  toFailOver(received, wanted: FailoverWords = {}) {
    const asked = asking(this, 'toFailOver');
    return everyRun(received, asked, (run) => [failsOver(run, wanted)]);
  },
  toBeActive(received, device: string, when: When = {}) {
    return expects(this, received, 'toBeActive', (run) => roleAt(run, device, 'active', when));
  },
  toHaveRole(received, device: string, role: Role, when: When = {}) {
    return expects(this, received, 'toHaveRole', (run) => roleAt(run, device, role, when));
  },
  toStay(received, condition: ConditionWords, window: StayWindow = {}) {
    return expects(this, received, 'toStay', () => ({ always: condition, ...window }));
  },
  toReach(received, condition: ConditionWords, window: ReachWindow = {}) {
    return expects(this, received, 'toReach', () => ({ eventually: condition, ...window }));
  },
  toBeDualActive(received, window: Window = {}) {
    const eventually = { 'dual-active': true };
    return expects(this, received, 'toBeDualActive', () => ({ eventually, ...window }));
  },
  toHaveOutage(received, probe: string, outage: ComparisonWords) {
    return expects(this, received, 'toHaveOutage', () => ({ probe, outage: String(outage) }));
  },
  toLoseSessions(received, lost: ComparisonWords, of: { readonly workload?: string } = {}) {
    return expects(this, received, 'toLoseSessions', () => ({ sessions: { lost, ...of } }));
  },
  toLog(received, text: string, of: LogWords = {}) {
    return expects(this, received, 'toLog', () => ({ log: text, ...of }));
  },
  toHaveDigest(received, digest: string) {
    return everyRun(received, asking(this, 'toHaveDigest'), ({ result }) => {
      const measured = result.digests.protocol;
      const [index, atUs, causes] = [0, null, []];
      return [
        {
          index,
          name: 'the protocol digest',
          passed: measured === digest,
          expected: digest,
          measured,
          atUs,
          causes,
        },
      ];
    });
  },
  toHold(received, statement: string) {
    const asked = asking(this, 'toHold');
    if (!(received instanceof Sweep))
      throw notTaken(asked, "runs such as await scenario.sweep('1..300')", received);
    const verdict = received.judge(statement);
    // What is undecided neither holds nor does not.
    const pass = verdict.status === 'undecided' ? asked.isNot : verdict.status === 'passed';
    return { pass, message: () => sweepComplaint(received, verdict, asked) };
  },
} satisfies Record<keyof HasimMatchers, Matcher>;

function asking({ isNot = false }: Called, matcher: string): Asked {
  return { matcher, isNot };
}

function expects(
  called: Called,
  received: unknown,
  matcher: string,
  words: (run: Run) => ExpectationWords,
): Answer {
  return everyRun(received, asking(called, matcher), (run) => [run.judge(words(run), matcher)]);
}

function roleAt({ result }: Run, device: string, role: Role, when: When): ExpectationWords {
  const opened = when.from !== undefined || when.whenever !== undefined;
  return { at: opened ? '0s' : `${result.endedAtUs}us`, ...when, that: { role: { [device]: role } } };
}

/** Those of the file; one without any is no test. */
function verdictsOf({ result: { verdicts, scenario } }: Run): readonly Verdict[] {
  if (verdicts.length > 0) return verdicts;
  const message = `expected a scenario with expectations about a run, got ${scenario.file}, which has none`;
  throw mistake('toMeetExpectations', { message, hint: '' });
}

/** Looks at every run until one is not as the test has it. */
function everyRun(received: unknown, asked: Asked, judge: (run: Run) => readonly Verdict[]): Answer {
  for (const run of runsOf(received, asked)) {
    const verdicts = judge(run);
    const pass = verdicts.every(({ passed }) => passed);
    if (pass === asked.isNot) return { pass, message: () => runComplaint(run, verdicts, asked) };
  }
  return { pass: !asked.isNot, message: () => '' };
}

/** The same of runs that were carried out elsewhere: the first that is not as the test has it is carried out here again. */
function everyOutcome({ of, outcomes }: Sweep, asked: Asked): Answer {
  const wrong = outcomes.find(({ unmet }) => (unmet.length === 0) === asked.isNot);
  return everyRun(of.seed((wrong ?? outcomes[0])?.seed ?? '').run(), asked, verdictsOf);
}

function runsOf(received: unknown, asked: Asked): Iterable<Run> {
  if (received instanceof Run) return [received];
  if (received instanceof Seeds) return received;
  throw notTaken(
    asked,
    "a run such as scenario(…).run(), or runs such as scenario(…).seeds('1..20')",
    received,
  );
}

function notTaken({ matcher }: Asked, expected: string, received: unknown): TypeError {
  const got = received instanceof Object ? received.constructor.name : String(received);
  return new TypeError(`expect(…).${matcher} takes ${expected}, got ${got}`);
}
