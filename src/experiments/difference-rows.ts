import type { Model } from '../models/formats/model.ts';
import { explainDifference } from '../report/explanation/difference.ts';
import { predictWithFacts } from '../simulate/predict-with-facts.ts';
import { boardOf, modelOf, optionsOf, type Given } from './answer.ts';
import type { Experiment } from './experiment-state.ts';

/** A row of a waterfall from one call to another: a whole call, or what one layer adds or takes. */
export interface DifferenceRow {
  readonly label: string;
  readonly kind: 'total' | 'more' | 'less';
  readonly fromMs: number;
  readonly toMs: number;
  /** What moved it, in words; empty of whole calls. */
  readonly why: string;
}

/** An experiment on one of its boards. */
export interface Asking {
  readonly experiment: Experiment;
  readonly board: string;
  readonly given?: Given;
}

/** Changes that are told one by one; the others are summed, so that nothing is left out. */
const MOST_ROWS = 10;

function predicted({ experiment, board, given = {} }: Asking) {
  const model: Model = modelOf(experiment, given);
  return predictWithFacts(model, boardOf(board, experiment, given), optionsOf(experiment));
}

/** Words for people: the rule's name stands in the tab Layers. */
const plain = (text: string) => text.replace(/, by the rule [^:]+(?=:)/, '');

interface Change {
  readonly label: string;
  readonly deltaMs: number;
  readonly why: string;
}

function changesOf(from: Asking, to: Asking): { startMs: number; endMs: number; changes: Change[] } {
  const [before, after] = [predicted(from), predicted(to)];
  const changes = explainDifference(before, after)
    .moves.filter(({ deltaPs }) => deltaPs !== 0)
    .sort((a, b) => Math.abs(b.deltaPs) - Math.abs(a.deltaPs))
    .map(({ what, deltaMs, causes }) => ({
      ...{ label: what, deltaMs },
      why: causes.map(({ text }) => plain(text)).join('; '),
    }));
  return { startMs: before.latencyMs.value, endMs: after.latencyMs.value, changes };
}

/** The small changes as one. */
function summed(changes: readonly Change[]): Change[] {
  const rest = changes.slice(MOST_ROWS);
  if (rest.length < 2) return [...changes];
  const deltaMs = rest.reduce((sum, change) => sum + change.deltaMs, 0);
  const why = rest.map(({ label }) => label).join(', ');
  return [...changes.slice(0, MOST_ROWS), { label: `${rest.length} others`, deltaMs, why }];
}

/**
 * What makes a call take another time than another one: the first call, layer by layer what is added and taken, the
 * largest change first, and the second call. The changes add up to the difference. Throws what `predict` throws for a
 * board that refuses.
 */
export function differenceRows(from: Asking, to: Asking): DifferenceRow[] {
  const { startMs, endMs, changes } = changesOf(from, to);
  let at = startMs;
  const steps = summed(changes).map(({ label, deltaMs, why }): DifferenceRow => {
    const fromMs = at;
    at += deltaMs;
    return { label, kind: deltaMs < 0 ? 'less' : 'more', fromMs, toMs: at, why };
  });
  return [
    { label: 'A', kind: 'total', fromMs: 0, toMs: startMs, why: '' },
    ...steps,
    { label: 'B', kind: 'total', fromMs: 0, toMs: endMs, why: '' },
  ];
}
