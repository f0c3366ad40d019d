import type { Board } from '../boards/board/board.ts';
import { SpecError } from '../errors.ts';
import type { KmodelModel } from '../models/formats/kmodel/kmodel-model.ts';
import type { TracedNetwork } from './ncc/trace-network.ts';
import type { DeployOptions } from './options.ts';
import type { Program } from './program.ts';

/** What follows a kmodel through its memory, and puts it on a board. */
export interface KmodelSupport {
  trace(model: KmodelModel): TracedNetwork;
  deploy(model: KmodelModel, board: Board, options: DeployOptions): Program;
}

let support: KmodelSupport | undefined;

/** Brings it, from now on, in this thread: a page that reads no kmodel has none of it in its bundle. */
export function setKmodelSupport(brought: KmodelSupport): void {
  support = brought;
}

/** Throws a SpecError where nobody has brought it, for a model that came from another thread. */
export function kmodelSupport({ name }: KmodelModel): KmodelSupport {
  if (support) return support;
  throw new SpecError(`${name}: is a kmodel that was read in another thread; read its file in this one`);
}
