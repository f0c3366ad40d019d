import { SpecError } from '../errors.ts';
import type { Board } from '../boards/board.ts';
import type { Graph } from '../models/graph.ts';
import { deployNcc } from './ncc/index.ts';
import type { DeployOptions } from './options.ts';
import type { Program } from './program.ts';
import { deployTflm } from './tflm/index.ts';

const TOOLCHAINS: Readonly<Record<string, (graph: Graph, board: Board, options: DeployOptions) => Program>> =
  {
    tflm: deployTflm,
    ncc: deployNcc,
  };

/** What the board's toolchain puts on it for one inference. Throws UnsupportedOpError, SpecError. */
export function deploy(graph: Graph, board: Board, options: DeployOptions = {}): Program {
  const toolchain = TOOLCHAINS[board.runtime.toolchain];
  if (toolchain) return toolchain(graph, board, options);
  throw new SpecError(
    `board "${board.id}": unknown toolchain "${board.runtime.toolchain}"; choose from ${Object.keys(TOOLCHAINS).join(', ')}`,
  );
}
