import type { Board, MeasuredSetup } from '../boards/board/board.ts';
import { chosenOptions, kernelsOf, type DeployOptions } from '../deploy/options.ts';
import type { Domain } from './domain.ts';

/** Something that is not as it was when the board was measured, and the relative doubt that it brings. */
export interface SetupChange {
  readonly why: string;
  readonly sigma: number;
}

/**
 * Relative standard deviations, estimates: boards of one core whose caches and memories differ are 10 to 25 % apart in
 * cycles, those that differ in the clock alone 1 to 5 % (docs/hardware/measured.md#facts-in-the-rows).
 */
const SIGMA = { clock: 0.04, cache: 0.15, placement: 0.15, kernels: 0.12, part: 0.12, copies: 0.05 };

const mega = (hz: number): string => `${Number((hz / 1e6).toPrecision(4))} MHz`;
const kilo = (bytes: number | undefined): string => (bytes === undefined ? 'none' : `${bytes / 1024} KiB`);

/** A set-up that times are known of, and how: "measured", "fitted" where they are of other boards too, or only "built". */
interface KnownSetup {
  readonly setup: MeasuredSetup | undefined;
  readonly known: string;
}

function changedClocks({ clocks }: Board, { setup, known }: KnownSetup): SetupChange[] {
  const measured = setup?.clocksHz ?? {};
  return clocks.flatMap(({ id, hz }) => {
    const was = measured[id];
    if (was === undefined || was === hz.value) return [];
    return [{ why: `clock ${id} at ${mega(hz.value)}, ${known} at ${mega(was)}`, sigma: SIGMA.clock }];
  });
}

function changedCache({ units }: Board, { setup, known }: KnownSetup): SetupChange[] {
  const core = units.find((unit) => unit.kind === 'core');
  if (setup?.dataCacheBytes === undefined || core?.dataCache?.bytes === setup.dataCacheBytes) return [];
  const [now, was] = [core?.dataCache?.bytes, setup.dataCacheBytes].map(kilo);
  return [{ why: `data cache ${now}, ${known} with ${was}`, sigma: SIGMA.cache }];
}

function changedPlacement(
  { runtime }: Board,
  weightsIn: string | undefined,
  { setup, known }: KnownSetup,
): SetupChange[] {
  const placement: Readonly<Record<string, string>> =
    weightsIn === undefined ? runtime.placement : { ...runtime.placement, weights: weightsIn };
  return Object.entries(setup?.placement ?? {}).flatMap(([role, was]) =>
    placement[role] === was
      ? []
      : [{ why: `${role} in ${placement[role]}, ${known} in ${was}`, sigma: SIGMA.placement }],
  );
}

function changedKernels(board: Board, options: DeployOptions, { setup, known }: KnownSetup): SetupChange[] {
  const now = kernelsOf(board, options);
  return setup === undefined || now === setup.kernels
    ? []
    : [{ why: `kernels ${now}, ${known} with ${setup.kernels}`, sigma: SIGMA.kernels }];
}

/** Settings that change the board itself where nothing else here sees it. */
const QUESTIONS = /^(runtime|memories\..*|ncc\.denseInputs)$/;
const BUILT = new Set(['as-built', '1024']);

function changedParts({ runtime: { settings = {} } }: Board): SetupChange[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    QUESTIONS.test(key) && !BUILT.has(value)
      ? [{ why: `${key}=${value}, which nobody measured`, sigma: SIGMA.part }]
      : [],
  );
}

/** The readings that boards with an accelerator were fitted to had their results copied by the core. */
function changedCopies({ calibration }: Board, { copyOut }: DeployOptions): SetupChange[] {
  if (calibration?.domain.setup === undefined || copyOut !== 'dma') return [];
  return [{ why: 'results copied by the DMA, measured with copies by the core', sigma: SIGMA.copies }];
}

/** The set-up of a board as it is. */
export function setupOf({ clocks, units, runtime }: Board, kernels: string): MeasuredSetup {
  const bytes = units.find((unit) => unit.kind === 'core')?.dataCache?.bytes;
  return {
    clocksHz: Object.fromEntries(clocks.map(({ id, hz }) => [id, hz.value])),
    ...(bytes !== undefined && { dataCacheBytes: bytes }),
    placement: runtime.placement,
    kernels,
  };
}

/** What is known of a board: what its calibration measured, or, where nobody measured it, how it was before any choice. */
function knownOf({ calibration, asBuilt }: Board): KnownSetup {
  if (calibration || !asBuilt) return { setup: calibration?.domain.setup, known: 'measured' };
  return { setup: setupOf(asBuilt, kernelsOf(asBuilt, {})), known: 'built' };
}

/** What differs from the set-up that `fitted` says, or that is known of the board; nothing where neither is there. */
export function setupChanges(board: Board, asked: DeployOptions, fitted?: MeasuredSetup): SetupChange[] {
  const options = chosenOptions(board, asked);
  const told: KnownSetup = fitted ? { setup: fitted, known: 'fitted' } : knownOf(board);
  return [
    ...changedClocks(board, told),
    ...changedCache(board, told),
    ...changedPlacement(board, options.weightsIn, told),
    ...changedKernels(board, options, told),
    ...changedParts(board),
    ...changedCopies(board, options),
  ];
}

/** The domain of a prediction, these differences counted. */
export function withChanges(domain: Domain, changes: readonly SetupChange[]): Domain {
  if (changes.length === 0) return domain;
  const reasons = changes.map(({ why }) => why);
  return { domain: 'extrapolated', why: [...(domain.why ? [domain.why] : []), ...reasons].join('; ') };
}
