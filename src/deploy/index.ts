import { SpecError, UnsupportedOpError } from '../errors.ts';
import type { Board } from '../boards/board/board.ts';
import { missingParts } from '../boards/board/needed-parts.ts';
import { valueProblems } from '../boards/board/value-bounds.ts';
import type { Graph } from '../models/graph/graph.ts';
import { mayBeUnloaded, whyUnknown } from '../kernels/registry.ts';
import { isKmodel, type Model } from '../models/formats/model.ts';
import { kmodelSupport } from './kmodel-support.ts';
import { deployNcc } from './ncc/index.ts';
import { chosenOptions, type DeployOptions } from './options.ts';
import type { Program } from './program.ts';
import { deployTflm } from './tflm/index.ts';

const TOOLCHAINS: Readonly<Record<string, (graph: Graph, board: Board, options: DeployOptions) => Program>> =
  {
    tflm: deployTflm,
    ncc: deployNcc,
  };

/** Toolchains that read a network as float32 whatever its element type, and quantize by themselves. */
const FLOAT_READERS: ReadonlySet<string> = new Set(['ncc']);

/** Whether a network of any element type is the same program on the board as its float32 twin but for name and warnings. */
export function readsAsFloat({ runtime }: Board): boolean {
  return FLOAT_READERS.has(runtime.toolchain);
}

/**
 * What the board's toolchain puts on it for one inference; a kmodel is there already.
 * Throws UnsupportedOpError, SpecError, FormatError.
 */
export function deploy(model: Model, board: Board, asked: DeployOptions = {}): Program {
  const options = chosenOptions(board, asked);
  requireSound(board);
  if (isKmodel(model)) return kmodelSupport(model).deploy(model, board, options);
  const toolchain = TOOLCHAINS[board.runtime.toolchain];
  checkLoaded(model);
  if (toolchain) return toolchain(model, board, options);
  throw new SpecError(
    `board "${board.id}": unknown toolchain "${board.runtime.toolchain}"; choose from ${Object.keys(TOOLCHAINS).join(', ')}`,
  );
}

/** Boards that were looked at: a sweep deploys on the same ones millions of times. */
const sound = new WeakSet<Board>();

/** Boards of programs were checked by nobody. Throws a SpecError at the first number that no board has. */
function requireSound(board: Board): void {
  if (sound.has(board)) return;
  const [problem] = [...valueProblems(board), ...missingParts(board)];
  if (problem !== undefined) throw new SpecError(`board "${board.id}": ${problem}`);
  sound.add(board);
}

/** An operator that is merely not loaded is none that a toolchain refuses. */
function checkLoaded({ nodes }: Graph): void {
  const index = nodes.findIndex(({ op }) => mayBeUnloaded(op));
  if (index < 0) return;
  throw new UnsupportedOpError(`op ${index} (${nodes[index].op}): ${whyUnknown()}`);
}
