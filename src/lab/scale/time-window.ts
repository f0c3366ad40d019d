import type { Answer } from 'inferscope/experiments';

/** The stretch of time that WHEN shows, in ms from the call. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The whole of the longest call, with a little air behind it. */
export function wholeWindow(answer: Answer): TimeWindow {
  const ends = answer.boards.map(({ prediction }) => prediction?.latencyMs.value ?? 0);
  return { fromMs: 0, toMs: 1.03 * Math.max(1e-3, ...ends) };
}

/** The first layer on an accelerator, submission and interrupt included: microseconds that a whole call hides. */
export function acceleratorWindow(answer: Answer): TimeWindow | undefined {
  for (const { prediction, lanes } of answer.boards) {
    const units = lanes.filter(({ kind }) => kind === 'kpu').map(({ unit }) => unit);
    const step = prediction?.steps.find(({ unit }) => units.includes(unit));
    if (!step) continue;
    const airMs = 0.15 * step.durationMs;
    return { fromMs: Math.max(0, step.startMs - airMs), toMs: step.startMs + step.durationMs + airMs };
  }
  return undefined;
}

/** Instants at which something begins or ends on any lane of any board, in order, each once. */
export function eventInstants(answer: Answer): number[] {
  const instants = answer.boards.flatMap(({ lanes }) =>
    lanes.flatMap(({ spans }) => spans.flatMap(({ startMs, durationMs }) => [startMs, startMs + durationMs])),
  );
  return [...new Set([0, ...instants])].sort((a, b) => a - b);
}
