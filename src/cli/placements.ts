import type { Board } from '../boards/board/board.ts';
import { deploy } from '../deploy/index.ts';
import type { ToolchainRefusal } from '../deploy/program.ts';
import { formatRuntimeRefusal, formatToolchainRefusal } from '../report/toolchain-refusal-text.ts';
import type { DeployOptions } from '../deploy/options.ts';
import { placeLayers, type PlacedLayer } from '../deploy/placed-layers.ts';
import type { Model } from '../models/formats/model.ts';
import { rowsShown } from '../report/long-table.ts';
import { formatPlacement } from '../report/placement-text.ts';
import { formatRefusals } from '../report/refusals-text.ts';
import type { BoardAnswers } from './boards/ask-boards.ts';

/** Where each layer of a model runs on one board. */
interface BoardPlacement {
  readonly board: string;
  readonly layers: readonly PlacedLayer[];
  readonly toolchainRefuses?: ToolchainRefusal;
  /** Why the board's runtime does not run it. */
  readonly runtimeRefuses?: string;
}

/** Where each layer runs; no step is priced. Throws what `deploy` throws. */
export function placeOn(model: Model, board: Board, options: DeployOptions): BoardPlacement {
  const program = deploy(model, board, options);
  const layers = placeLayers(model, program);
  return { board: board.id, ...refusals(program), layers };
}

/** What `place --json` prints: the layers on one board, or a list by board where several were asked. */
export function placementDocument({ answers, refused }: BoardAnswers<BoardPlacement>, asked: number): object {
  if (asked !== 1) return { boards: answers, refused };
  return { ...refusals(answers[0]), layers: answers[0].layers };
}

type Refusals = Pick<BoardPlacement, 'toolchainRefuses' | 'runtimeRefuses'>;

function refusals({ toolchainRefuses, runtimeRefuses }: Refusals): Refusals {
  return {
    ...(toolchainRefuses && { toolchainRefuses }),
    ...(runtimeRefuses !== undefined && { runtimeRefuses }),
  };
}

export function formatPlacements(
  { answers, refused }: BoardAnswers<BoardPlacement>,
  asked: number,
  all: boolean,
): string {
  const texts = answers.map(({ board, layers, toolchainRefuses, runtimeRefuses }) => {
    const head = [...formatToolchainRefusal(toolchainRefuses), ...formatRuntimeRefusal(runtimeRefuses)];
    const text = [...head, formatPlacement(layers, rowsShown(all))].join('\n\n');
    return asked === 1 ? text : `${board}\n\n${text}`;
  });
  return [...texts, ...formatRefusals(refused)].join('\n\n');
}
