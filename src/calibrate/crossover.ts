import type { Board } from '../boards/board/board.ts';
import { deploy } from '../deploy/index.ts';
import type { Step } from '../deploy/program.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { readingOffsetMs } from '../simulate/pulse.ts';
import { paperPulseMs } from './paper.ts';

/** Filters over which the slope at the far end is taken; even, so that unrolled and plain loops both count. */
const SLOPE_FILTERS = 8;

/** A run of filter counts in which one board is the faster. */
export interface Lead {
  readonly faster: string;
  readonly from: number;
  readonly to: number;
}

/** Where the lead changes between `filters - 1` and `filters`, and the placement rule that changed with it, if any. */
export interface Flip {
  readonly filters: number;
  readonly faster: string;
  readonly rule?: string;
  readonly reason?: string;
  /** What the rule does, in plain words: "the dense layer on the core". */
  readonly what?: string;
}

export interface Crossover {
  readonly boards: readonly [string, string];
  readonly maxFilters: number;
  readonly pulse: { readonly leads: readonly Lead[]; readonly flips: readonly Flip[] };
  readonly reported: { readonly leads: readonly Lead[] };
  /** Cost of one more filter at the far end, in ms, per board. */
  readonly slopeMs: readonly [number, number];
  readonly sentence: string;
}

/** Which of two boards runs the paper's network faster, for each filter count up to a limit, and why the lead changes. */
export function findCrossover(a: Board, b: Board, maxFilters: number): Crossover {
  const pulses = [a, b].map((board) => column(maxFilters, (filters) => paperPulseMs(board, filters)));
  const readings = [a, b].map((board, index) => pulses[index].map((ms) => ms + readingOffsetMs(board)));
  const names: [string, string] = [a.id, b.id];
  const leads = leadsOf(names, pulses);
  const flips = leads.slice(1).map((lead) => flipAt(lead, [a, b]));
  const reported = { leads: leadsOf(names, readings) };
  const slopeMs: [number, number] = [slopeAtEnd(pulses[0]), slopeAtEnd(pulses[1])];
  const sentence = describe(names, leads, flips, slopeMs, maxFilters);
  return { boards: names, maxFilters, pulse: { leads, flips }, reported, slopeMs, sentence };
}

const column = (count: number, value: (filters: number) => number): number[] =>
  Array.from({ length: count }, (_, index) => value(index + 1));

function leadsOf(names: readonly [string, string], [first, second]: readonly number[][]): Lead[] {
  const leads: Lead[] = [];
  first.forEach((ms, index) => {
    const faster = ms < second[index] ? names[0] : names[1];
    const last = leads.at(-1);
    if (last?.faster === faster) leads[leads.length - 1] = { ...last, to: index + 1 };
    else leads.push({ faster, from: index + 1, to: index + 1 });
  });
  return leads;
}

/** The placement rule of some layer that differs between the last model of one lead and the first of the next. */
function flipAt(lead: Lead, boards: readonly Board[]): Flip {
  const flip = { filters: lead.from, faster: lead.faster };
  for (const board of boards) {
    const before = placements(board, lead.from - 1);
    const changed = placements(board, lead.from).find(
      ({ placement }) => !before.some((step) => step.placement.rule === placement.rule),
    );
    if (changed) return { ...flip, ...changed.placement, what: plainWords(changed) };
  }
  return flip;
}

function placements(board: Board, filters: number): readonly Step[] {
  return deploy(paperCnn({ filters }), board).steps;
}

function plainWords({ op, unit }: Step): string {
  const layer = /fully/i.test(op) ? 'the dense layer' : /conv/i.test(op) ? 'the convolution' : op;
  return `${layer} on the ${unit}`;
}

function slopeAtEnd(values: readonly number[]): number {
  const span = Math.min(SLOPE_FILTERS, values.length - 1);
  return (values.at(-1)! - values.at(-1 - span)!) / span;
}

function describe(
  [a]: readonly [string, string],
  leads: readonly Lead[],
  flips: readonly Flip[],
  [slopeA, slopeB]: readonly [number, number],
  maxFilters: number,
): string {
  const runs = leads.map(({ faster, from, to }) => `${faster} from ${from} to ${to} filters`).join(', then ');
  const why = flips
    .map(({ filters, reason }) => (reason ? ` At ${filters} filters: ${reason}.` : ''))
    .join('');
  const trend =
    slopeA < slopeB
      ? `Beyond ${maxFilters} filters ${a} gains: one more filter costs it ${slopeA.toFixed(3)} ms, the other ${slopeB.toFixed(3)} ms.`
      : `${a} does not catch up later: one more filter costs it ${slopeA.toFixed(3)} ms, the other ${slopeB.toFixed(3)} ms.`;
  return `By the call alone the faster board is ${runs}.${why} ${trend}`;
}
