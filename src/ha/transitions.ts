/**
 * The transitions of the reference's section 1.3, T1 to T29, in a line each: what the numbers in the table, in every role record
 * and in the reports stand for.
 */

export const TRANSITIONS = {
  T1: 'HA starts: initial.',
  T2: 'initial → passive: the peer is active, and its sessions are copied.',
  T3: 'initial → active, active-primary: the election is won, or the peer is no candidate.',
  T4: 'initial → active, active-primary: nobody is heard within the initial timeout.',
  T5: 'initial → tentative: the peer serves or will, and its sessions are copied.',
  T6: '→ suspended: the peer is incompatible (platform, multi-vsys, FIPS-CC, serial number).',
  T7: '→ non-functional: configuration mismatch with the peer.',
  T8: 'active → non-functional: a monitor is failed, and the hold-up is over.',
  T9: 'active → non-functional: the dataplane has failed.',
  T10: 'active, active-primary, active-secondary → suspended: by the user.',
  T11: 'active, active-primary → suspended: flap-max is reached by yielding.',
  T12: 'active → passive, active-primary → active-secondary: the better peer preempts.',
  T13: 'active → passive, active-primary → active-secondary: split brain heals, the election is lost.',
  T14: 'passive → active: the peer announces that it does not serve.',
  T15: 'passive → active: the peer is declared failed, and the promotion hold is over.',
  T16: 'passive → active: preemption.',
  T17: 'passive → non-functional: a monitor or the dataplane has failed.',
  T18: '→ suspended: by the user, from a role that does not serve.',
  T19: 'non-functional → passive: no monitor is failed, and the hold-down is over.',
  T20: 'non-functional → initial, tentative: the dataplane works, or HA3 is there again.',
  T21: 'non-functional → suspended: flap-max is reached.',
  T22: 'suspended → initial, tentative: made functional by the user. Non-functional → initial: the mismatch is gone.',
  T23: 'active-primary, active-secondary → tentative: a monitor is failed, and the hold-up is over.',
  T24: 'active-primary, active-secondary → non-functional: dataplane, HA3 or mismatch.',
  T25: 'active-secondary → active-primary: the peer is declared failed, and the promotion hold is over.',
  T26: 'active-secondary → active-primary: the peer announces that it does not serve.',
  T27: 'tentative → active-secondary, or active-primary where none is to be expected: the tentative hold is over.',
  T28: 'tentative → suspended: flap-max is reached.',
  T29: 'active-secondary → active-primary: preemption.',
} as const;

/** Number of a transition in the reference. */
export type TransitionNumber = keyof typeof TRANSITIONS;
