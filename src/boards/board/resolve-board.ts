import { SpecError } from '../../errors.ts';
import { costsOfParts } from './shared-rows.ts';
import type { Board, CalibratedParameter, Constant, CoreUnit, Runtime, Unit } from './board.ts';
import type { BoardFile, FileCalibration } from './board-file.ts';
import type { BoardParts, CallRuntime, Core, KernelLibrary } from './board-parts.ts';
import { calibrated, type CalibrationScope } from './calibrated.ts';
import { replaceAt } from './constant-paths.ts';
import { isUncertain } from './constant.ts';
import { boardMemory, librariesFor } from './file-parts.ts';
import { untilMoreLoads } from './loaded-parts.ts';

/** Id of the clock that the core of a board file runs at. */
const CORE_CLOCK = 'core';

/** The parts that one board names. */
interface NamedParts {
  readonly core: Core;
  readonly libraries: readonly KernelLibrary[];
  readonly runtime: CallRuntime;
}

/**
 * The board that a file describes, every part that it names by id put in. Where the file holds a fit, uncertain
 * constants stand at its values; else at the mean of their priors.
 * Throws a SpecError for an id that `parts` does not hold, or a fit of other constants than the board's.
 */
// @__NO_SIDE_EFFECTS__
export function resolveBoard(file: BoardFile, parts: BoardParts): Board {
  const named = namedParts(file, parts);
  checkClock(file);
  const { board, parameters } = splitPriors(describedBoard(file, named));
  const { calibration } = file;
  if (!calibration) return withCosts(board, named);
  checkFit(file, calibration, parameters);
  return withCosts(calibrated(board, scopeOf(calibration, parameters, named), calibration), named);
}

function namedParts(file: BoardFile, parts: BoardParts): NamedParts {
  const { id: board, core, libraries, runtime, fpu, otherRuntimes = [] } = file;
  const onCore = <Part extends { readonly core?: string }>(all: readonly Part[]) =>
    all.filter((part) => part.core === core || part.core === undefined);
  const built = librariesFor(onCore(parts.libraries), fpu);
  const runtimes = onCore(parts.runtimes);
  otherRuntimes.forEach((id) => findById(board, `runtime of ${core}`, id, runtimes));
  const found = findById(board, 'core', core, parts.cores);
  return {
    core: found,
    libraries: libraries.map((id) => findById(board, `library of ${core}`, id, built)),
    runtime: findById(board, `runtime of ${core}`, runtime, runtimes),
  };
}

function checkClock({ id, clocks }: BoardFile): void {
  const ids = clocks.map((clock) => clock.id);
  if (ids.includes(CORE_CLOCK)) return;
  throw new SpecError(
    `board "${id}": no clock "${CORE_CLOCK}", which its core runs at; clocks: ${ids.join(', ')}`,
  );
}

function findById<Part extends { readonly id: string }>(
  board: string,
  kind: string,
  id: string,
  parts: readonly Part[],
): Part {
  const part = parts.find((candidate) => candidate.id === id);
  if (part) return part;
  const known = parts.map((candidate) => candidate.id).join(', ') || '(none)';
  throw new SpecError(`board "${board}": no ${kind} "${id}"; choose from ${known}`);
}

function describedBoard(file: BoardFile, named: NamedParts): Board {
  const { id, name, soc, summary, clocks, accelerators = [], doubt } = file;
  const memories = file.memories.map((memory) => boardMemory(memory, file));
  const units: readonly Unit[] = [coreUnit(file, named), ...accelerators];
  const board = { id, name, soc, summary, clocks, memories, units, runtime: boardRuntime(file, named) };
  return doubt ? { ...board, doubt } : board;
}

function coreUnit(file: BoardFile, { core, libraries, runtime }: NamedParts): CoreUnit {
  const ofLibraries = libraries.map(({ constants = {} }) => constants);
  const { dataCache, codeFetch } = file;
  const constants = Object.assign({}, core.constants, runtime.constants, ...ofLibraries, file.constants);
  const unit = { id: 'core', kind: 'core', core: core.pipeline, clock: CORE_CLOCK } as const;
  const memory = { ...(dataCache && { dataCache }), ...(codeFetch && { codeFetch }) };
  return { ...unit, ...memory, constants, costs: [] };
}

/** The board with its rows, made when they are asked for: who lists boards, or names one, asks for none. */
function withCosts(board: Board, { libraries, runtime }: NamedParts): Board {
  const [core, ...others] = board.units as readonly [CoreUnit, ...Unit[]];
  const costs = untilMoreLoads(() =>
    costsOfParts([runtime.costs, ...libraries.map((library) => library.costs)]),
  );
  const priced: CoreUnit = {
    ...core,
    get costs() {
      return costs();
    },
  };
  return { ...board, units: [priced, ...others] };
}

function boardRuntime(file: BoardFile, { libraries, runtime }: NamedParts): Runtime {
  const { toolchain, firmware, call, script, libraries: callable } = runtime;
  const ids = libraries.map(({ id }) => id);
  const kernels = callable ? ids.filter((id) => callable.includes(id)) : ids;
  const { placement, readingOffsetMs } = file;
  return {
    ...{ toolchain, firmware, kernels, placement },
    ...(call ? { call } : {}),
    ...(script ? { script } : {}),
    ...(readingOffsetMs ? { readingOffsetMs } : {}),
  };
}

/** A constant with its path in the board, as `constantAt` takes it. */
type Located = readonly [path: string, constant: Constant];

/** Constants that may be uncertain: the core's first, then those of memories, of other units, of the bench. */
function locateConstants({ units, memories, runtime: { readingOffsetMs } }: Board): Located[] {
  const ofUnit = ({ id, constants }: Unit) =>
    Object.entries(constants).map(([name, constant]): Located => [`units.${id}.constants.${name}`, constant]);
  const [core, ...others] = units.map(ofUnit);
  const fills = memories.flatMap(({ id, lineFillCycles }): Located[] =>
    lineFillCycles ? [[`memories.${id}.lineFillCycles`, lineFillCycles]] : [],
  );
  const offset: Located[] = readingOffsetMs ? [['runtime.readingOffsetMs', readingOffsetMs]] : [];
  return [...core, ...fills, ...others.flat(), ...offset];
}

/** The board with its uncertain constants as plain ones, and what was believed of each before. */
function splitPriors(described: Board): { board: Board; parameters: CalibratedParameter[] } {
  let board = described;
  const parameters: CalibratedParameter[] = [];
  for (const [path, constant] of locateConstants(described)) {
    if (!isUncertain(constant)) continue;
    const { sigma, group, ...plain } = constant;
    board = replaceAt(board, path, plain);
    const prior = { path, priorMean: plain.value, priorSigma: sigma, priorSource: plain.source };
    parameters.push(group === undefined ? prior : { ...prior, group });
  }
  return { board, parameters };
}

function scopeOf(
  { measurements, domain }: FileCalibration,
  parameters: readonly CalibratedParameter[],
  { libraries }: NamedParts,
): CalibrationScope {
  const groups = libraries.flatMap((library) => library.groups ?? []);
  return groups.length > 0
    ? { measurements, parameters, groups, domain }
    : { measurements, parameters, domain };
}

function checkFit(
  { id }: BoardFile,
  { values }: FileCalibration,
  parameters: readonly CalibratedParameter[],
): void {
  if (values.length === parameters.length) return;
  const paths = parameters.map(({ path }) => path).join(', ') || '(none)';
  throw new SpecError(
    `board "${id}": calibration.values holds ${values.length} numbers; allowed: one for each uncertain constant, ${paths}`,
  );
}
