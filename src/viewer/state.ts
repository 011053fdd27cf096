/**
 * What is on the screen: the part of the time axis that is seen, the time under the cursor, what is chosen, what is hidden. Everything
 * that is drawn follows these signals.
 *
 * The axis counts microseconds of the run; where two runs are compared, microseconds since the fault of each.
 */

import { computed, signal } from '@preact/signals';
import { MESSAGE_CLASSES, type MessageClass, type RecordView } from '../report/lanes/model.ts';
import type { PageView, RunView } from '../report/page/view.ts';
import { layOut, type Layout } from './layout.ts';
import { columnsOf, type MessageColumns } from './messages.ts';
import type { Action } from './keys.ts';
import { centred, panned, whole, zoomed, type View } from './scale.ts';
import type { Hover } from './scene.ts';
import { recordOf, type Subject } from './subject.ts';

/** One run, made ready to be drawn. */
export interface RunPicture {
  readonly number: number;
  readonly run: RunView;
  readonly layout: Layout;
  readonly columns: MessageColumns;
  /** Time of the run at the zero of the axis. */
  readonly originUs: number;
  /** Names of the two firewalls. */
  readonly names: readonly string[];
}

export class ViewerState {
  readonly runs: readonly RunPicture[];
  /** All there is to see. */
  readonly all: View;
  /** What is seen on opening: the fault in the middle. */
  readonly opening: View;
  readonly view;
  /** Time under the cursor, on the axis; null when it is elsewhere. */
  readonly cursorUs = signal<number | null>(null);
  readonly chosen = signal<Subject | null>(null);
  /** What the pointer is over. */
  readonly hover = signal<Hover | null>(null);
  /** Bits of the classes of messages that are hidden, by their place in MESSAGE_CLASSES. */
  readonly hidden = signal(0);
  readonly helps = signal(false);
  /** The time, on the axis, that the topology shows: under the cursor, else of what is chosen, else of the fault. */
  readonly shownUs;

  constructor({ runs }: PageView) {
    const several = runs.length > 1;
    this.runs = runs.map((run, number) => ({
      number,
      run,
      layout: layOut(run.lanes.groups),
      columns: columnsOf(run.lanes.messages),
      originUs: several ? run.lanes.focusUs : 0,
      names: run.lanes.groups.slice(0, 2).map(({ name }) => name),
    }));
    const models = this.runs.map(({ run, originUs }) => ({ ...run.lanes, originUs }));
    this.all = whole(
      Math.min(...models.map(({ originUs }) => -originUs)),
      Math.max(...models.map(({ endUs, originUs }) => endUs - originUs)),
    );
    this.opening = {
      fromUs: Math.min(...models.map(({ openFromUs, originUs }) => openFromUs - originUs)),
      toUs: Math.max(...models.map(({ openToUs, originUs }) => openToUs - originUs)),
    };
    this.view = signal(this.opening);
    this.shownUs = computed(() => this.cursorUs.value ?? this.#chosenUs() ?? this.#faultUs);
  }

  /** Classes of messages that some run has. */
  get classes(): readonly MessageClass[] {
    const present = new Set(
      this.runs.flatMap(({ run }) => run.lanes.messages.kinds.map((kind) => kind.class)),
    );
    return MESSAGE_CLASSES.filter((name) => present.has(name));
  }

  shows(name: MessageClass): boolean {
    return (this.hidden.value & (1 << MESSAGE_CLASSES.indexOf(name))) === 0;
  }

  toggle(name: MessageClass): void {
    this.hidden.value ^= 1 << MESSAGE_CLASSES.indexOf(name);
  }

  /** Chooses a subject. */
  point(subject: Subject | null): void {
    // A link may be older than the page.
    this.chosen.value = subject !== null && this.#usOf(subject) !== null ? subject : null;
  }

  /** Chooses a subject that may be out of sight, and brings its time into view. */
  choose(subject: Subject): void {
    this.point(subject);
    const us = this.#chosenUs();
    const { fromUs, toUs } = this.view.value;
    if (us !== null && (us < fromUs || us > toUs)) this.view.value = centred(this.view.value, us, this.all);
  }

  zoom(factor: number, atUs: number): void {
    this.view.value = zoomed(this.view.value, factor, atUs, this.all);
  }

  pan(share: number): void {
    this.view.value = panned(this.view.value, share, this.all);
  }

  /** What a key does. */
  act(action: Action): void {
    const { fromUs, toUs } = this.view.value;
    switch (action.do) {
      case 'pan':
        return this.pan(action.share);
      case 'zoom':
        return this.zoom(action.factor, (fromUs + toUs) / 2);
      case 'whole':
        this.view.value = this.all;
        return;
      case 'fault':
        this.view.value = this.opening;
        return;
      case 'begin':
        this.view.value = centred(this.view.value, this.all.fromUs + (toUs - fromUs) / 2, this.all);
        return;
      case 'end':
        this.view.value = centred(this.view.value, this.all.toUs - (toUs - fromUs) / 2, this.all);
        return;
      case 'next':
        return this.#step(1);
      case 'previous':
        return this.#step(-1);
      case 'cause':
        return this.#cause();
      case 'clear':
        this.helps.value = false;
        this.chosen.value = null;
        return;
      case 'help':
        this.helps.value = !this.helps.value;
    }
  }

  /** To the next record that is drawn, or the one before; the first ones are those in view. */
  #step(by: 1 | -1): void {
    const chosen = this.chosen.value;
    const run = this.runs[chosen?.run ?? 0];
    if (run === undefined) return;
    const drawn = run.run.lanes.records.filter(({ lane }) => lane !== '');
    const fromUs =
      (this.#chosenUs() ?? (by === 1 ? this.view.value.fromUs : this.view.value.toUs)) + run.originUs;
    const id = chosen?.kind === 'record' ? chosen.id : by === 1 ? 0 : Number.MAX_SAFE_INTEGER;
    const after = ({ atUs, id: own }: { readonly atUs: number; readonly id: number }): boolean =>
      by === 1
        ? atUs > fromUs || (atUs === fromUs && own > id)
        : atUs < fromUs || (atUs === fromUs && own < id);
    const next = by === 1 ? drawn.find(after) : drawn.findLast(after);
    if (next !== undefined) this.choose({ run: run.number, kind: 'record', id: next.id });
  }

  /** To the cause of what is chosen; where nothing is, to the thing nearest to the middle of what is seen. */
  #cause(): void {
    const chosen = this.chosen.value;
    if (chosen === null) return this.#nearest();
    const lanes = this.runs[chosen.run]?.run.lanes;
    if (lanes === undefined || chosen.kind === 'state') return;
    const cause =
      chosen.kind === 'record' ? recordOf(lanes, chosen.id)?.cause : lanes.messages.cause[chosen.index];
    if (cause !== undefined && cause !== 0) this.choose({ run: chosen.run, kind: 'record', id: cause });
  }

  #nearest(): void {
    const [first] = this.runs;
    if (first === undefined) return;
    const { fromUs, toUs } = this.view.value;
    const awayUs = ({ atUs }: RecordView): number => Math.abs(atUs - first.originUs - (fromUs + toUs) / 2);
    const drawn = first.run.lanes.records.filter(({ lane }) => lane !== '');
    const [nearest] = drawn.toSorted((a, b) => awayUs(a) - awayUs(b));
    if (nearest !== undefined) this.choose({ run: first.number, kind: 'record', id: nearest.id });
  }

  #chosenUs(): number | null {
    const chosen = this.chosen.value;
    return chosen === null ? null : this.#usOf(chosen);
  }

  /** Its time on the axis; null of what no run has. */
  #usOf(subject: Subject): number | null {
    const picture = this.runs[subject.run];
    if (picture === undefined) return null;
    const { lanes } = picture.run;
    if (subject.kind === 'state') return subject.fromUs - picture.originUs;
    const us =
      subject.kind === 'record' ? recordOf(lanes, subject.id)?.atUs : lanes.messages.sentUs[subject.index];
    return us === undefined ? null : us - picture.originUs;
  }

  get #faultUs(): number {
    const [first] = this.runs;
    return first === undefined ? 0 : first.run.lanes.focusUs - first.originUs;
  }
}
