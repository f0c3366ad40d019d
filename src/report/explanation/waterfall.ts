import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { finishFigure } from '../figure.ts';
import { formatMs, formatSigned } from '../format.ts';
import type { Difference } from './difference.ts';
import type { Move } from './step-moves.ts';

/** A bar of a waterfall: a whole inference, or what one move adds or takes. */
export interface WaterfallBar {
  readonly label: string;
  readonly kind: 'total' | 'more' | 'less';
  readonly fromMs: number;
  readonly toMs: number;
}

const MOST_MOVES = 12;
const COLOURS = { total: '#52606d', more: '#c4452d', less: '#2d7d46' } as const;
const [WIDTH, ROW_HEIGHT, HEAD_HEIGHT, LABEL_WIDTH] = [760, 24, 70, 250];

/** Totals and the moves between them, the largest first; small ones are summed, so that nothing is left out. */
export function waterfallBars(differences: readonly Difference[]): WaterfallBar[] {
  return differences.flatMap((difference, at) => {
    const { before, after } = endsOf(difference);
    const isNewStart = at === 0 || differences[at - 1].to !== difference.from;
    return [
      ...(isNewStart ? [total(before.label, before.ms)] : []),
      ...stairs(difference, before.ms),
      total(after.label, after.ms),
    ];
  });
}

function endsOf({ from, to, board, fromBoard = board, moves }: Difference) {
  const sum = (key: 'beforeMs' | 'afterMs') => moves.reduce((ms, move) => ms + move[key], 0);
  return {
    before: { label: `${from} on ${fromBoard}`, ms: sum('beforeMs') },
    after: { label: `${to} on ${board}`, ms: sum('afterMs') },
  };
}

const total = (label: string, ms: number): WaterfallBar => ({ label, kind: 'total', fromMs: 0, toMs: ms });

function stairs({ moves }: Difference, startMs: number): WaterfallBar[] {
  const sorted = moves.filter(({ deltaPs }) => deltaPs !== 0).sort((a, b) => b.deltaPs ** 2 - a.deltaPs ** 2);
  const told = sorted
    .slice(0, MOST_MOVES)
    .map(({ what, deltaMs, causes }) => ({ label: label(what, causes), deltaMs }));
  const left = sorted.slice(MOST_MOVES);
  const rest = left.reduce((ms, { deltaMs }) => ms + deltaMs, 0);
  let at = startMs;
  return [...told, ...(left.length > 0 ? [{ label: `${left.length} others`, deltaMs: rest }] : [])].map(
    (step) => {
      const fromMs = at;
      at += step.deltaMs;
      return { label: step.label, kind: step.deltaMs < 0 ? 'less' : 'more', fromMs, toMs: at };
    },
  );
}

function label(what: string, causes: Move['causes']): string {
  const [first] = causes;
  return first === undefined ? what : `${what}, ${first.rule}`;
}

/** Differences as a waterfall: a self-contained SVG that says in its labels what moved and by which rule. */
export function drawWaterfall(differences: readonly Difference[]): string {
  const bars = waterfallBars(differences).map((bar, row) => ({ ...bar, row }));
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const title = 'What makes the difference, in ms';
  const svg = Plot.plot({
    document,
    className: 'figure',
    width: WIDTH,
    height: HEAD_HEIGHT + ROW_HEIGHT * bars.length,
    ...{ marginLeft: LABEL_WIDTH, marginRight: 90, marginTop: 46 },
    x: { label: 'ms', grid: true, labelArrow: 'none' },
    y: {
      label: null,
      type: 'band',
      tickFormat: (row: number) => bars[row].label,
      tickSize: 0,
      padding: 0.25,
    },
    marks: [
      Plot.barX(bars, {
        x1: 'fromMs',
        x2: 'toMs',
        y: 'row',
        fill: ({ kind }: WaterfallBar) => COLOURS[kind],
      }),
      Plot.text(bars, {
        x: (bar: WaterfallBar) => Math.max(bar.fromMs, bar.toMs),
        y: 'row',
        text: amountOf,
        ...{ textAnchor: 'start', dx: 5 },
      }),
      Plot.ruleX([0], { strokeOpacity: 0.5 }),
      Plot.text([title], {
        frameAnchor: 'top-left',
        dx: -LABEL_WIDTH + 10,
        dy: -30,
        fontSize: 16,
        fontWeight: 600,
      }),
    ],
  });
  return finishFigure(svg, title);
}

function amountOf({ kind, fromMs, toMs }: WaterfallBar): string {
  return kind === 'total' ? formatMs(toMs) : formatSigned(toMs - fromMs, 4);
}
