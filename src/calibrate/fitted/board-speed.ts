import type { Board } from '../../boards/board/board.ts';
import { withoutFlag } from '../../deploy/options.ts';
import { SpecError } from '../../errors.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { FittedTime } from '../../simulate/fitted-times.ts';
import { coreId } from '../measurements/row-identity.ts';
import type { SpeedCard } from '../measurements/speed-card.ts';
import { SPEED_CARDS } from '../measurements/speed-cards.ts';
import { oncePer } from '../once-per.ts';
import { predictByCard, tellsByFlag, type NamedFlag } from '../population/predict-by-card.ts';
import { halfWidth } from '../population/interval.ts';
import type { Status } from '../population/status.ts';

/** What the fit to published rows says of a network on a board. */
export interface BoardSpeed extends Omit<FittedTime, 'simulatedMs' | 'asBuilt' | 'kernels'> {
  /** Whether the rows' flag is open and counts: the time is that of the flag that was asked for, or a mixture. */
  readonly isByFlag: boolean;
}

/** The engine that a kernel library is the kernels of: in int8 it is called as the library, whatever its flags. */
function engineOf(kernels: string, dtype: string): string {
  return dtype === 'float32' ? 'tflm-float' : withoutFlag(kernels);
}

/** The flag that a library is named with, or that is asked for beside it; undefined where neither says one. */
function namedFlag({ kernels, engine, flag }: SpeedQuestion): NamedFlag | undefined {
  if (engine !== undefined) return undefined;
  if (withoutFlag(kernels) !== kernels) return kernels.endsWith('-Os') ? 'small' : 'fast';
  return flag === '-O2' ? 'fast' : undefined;
}

function coreOf(board: Board): { readonly core: string; readonly hz: number } | undefined {
  const unit = board.units.find(({ kind }) => kind === 'core');
  const clock = board.clocks.find(({ id }) => id === unit?.clock);
  return unit?.kind === 'core' && clock ? { core: coreId(unit.core), hz: clock.hz.value } : undefined;
}

const numbersOf = (version: string): number[] => version.split(/\D+/).map(Number);

/** The newest by number; of versions with names the one with most rows. */
function newest(cards: readonly SpeedCard[]): SpeedCard | undefined {
  return [...cards].sort((a, b) => {
    const [one, other] = [numbersOf(a.identity.version), numbersOf(b.identity.version)];
    const at = one.findIndex((value, index) => value !== other[index]);
    const order = at >= 0 && !Number.isNaN(one[at] - other[at]) ? one[at] - other[at] : 0;
    return order || a.rows - b.rows;
  })[cards.length - 1];
}

/** The card of the board, or of its core on boards that were not measured. */
function cardOf(boardId: string, core: string, engine: string, dtype: string): SpeedCard | undefined {
  const [name, version] = engine.split('@');
  const alike = SPEED_CARDS.filter(
    ({ identity }) =>
      identity.engine === name &&
      identity.dtype === dtype &&
      (version === undefined || identity.version === version),
  );
  const here = alike.filter(({ identity }) => identity.board === boardId);
  return (
    newest(here) ?? newest(alike.filter(({ identity }) => identity.board === '' && identity.core === core))
  );
}

interface KnownCard extends SpeedQuestion {
  readonly card: SpeedCard | undefined;
}

/** The core of a board, and the cards that it was asked for: a sweep asks for the same ones with each design. */
const knownOf = oncePer(
  (board: Board): { readonly cpu: ReturnType<typeof coreOf>; readonly cards: KnownCard[] } => ({
    cpu: coreOf(board),
    cards: [],
  }),
);

function knownCard(board: Board, { kernels, dtype, engine }: SpeedQuestion): SpeedCard | undefined {
  const { cpu, cards } = knownOf(board);
  for (const known of cards)
    if (known.kernels === kernels && known.dtype === dtype && known.engine === engine) return known.card;
  const card = cpu && cardOf(board.id, cpu.core, engine ?? engineOf(kernels, dtype), dtype);
  cards.push({ kernels, dtype, engine, card });
  return card;
}

/** "x-cube-ai@9.0" of every card of a board, for messages. */
export function enginesOn(boardId: string): string[] {
  const here = SPEED_CARDS.filter(({ identity }) => identity.board === boardId);
  return [...new Set(here.map(({ identity }) => `${identity.engine}@${identity.version}`))].sort();
}

export interface SpeedQuestion {
  readonly kernels: string;
  readonly dtype: string;
  /** An engine by name, "x-cube-ai@9.0"; that of the kernels where absent. */
  readonly engine?: string | undefined;
  /** Compiler flag that is asked for: a library's name does not tell -O2 from one that nobody said. */
  readonly flag?: string | undefined;
}

/**
 * Undefined where no published row tells of the board's core with the engine. Throws a SpecError for an engine that was
 * asked for and is not known there.
 */
export function boardSpeed(graph: Graph, board: Board, question: SpeedQuestion): BoardSpeed | undefined {
  const { dtype, engine } = question;
  const { cpu } = knownOf(board);
  const card = knownCard(board, question);
  if (!cpu || !card) {
    if (engine === undefined) return undefined;
    const known = enginesOn(board.id).join(', ') || 'none';
    throw new SpecError(
      `board "${board.id}": no published time of engine "${engine}" in ${dtype}; there are: ${known}`,
    );
  }
  const { mean, sigma } = predictByCard(graph, card, namedFlag(question));
  const status: Status = card.identity.board === '' ? 'new-board' : 'new-network';
  const half = halfWidth(status, sigma);
  const msOf = (log: number): number => (Math.exp(log) / cpu.hz) * 1000;
  return {
    ...{ latencyMs: msOf(mean), lowMs: msOf(mean - half), highMs: msOf(mean + half), status },
    ...{ engine: card.identity.engine, version: card.identity.version, rows: card.rows },
    isByFlag: tellsByFlag(graph, card),
  };
}
