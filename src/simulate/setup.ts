import type { Board } from '../boards/board/board.ts';
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

function changedClocks({ clocks, calibration }: Board): SetupChange[] {
  const measured = calibration?.domain.setup?.clocksHz ?? {};
  return clocks.flatMap(({ id, hz }) => {
    const was = measured[id];
    if (was === undefined || was === hz.value) return [];
    return [{ why: `clock ${id} at ${mega(hz.value)}, measured at ${mega(was)}`, sigma: SIGMA.clock }];
  });
}

function changedCache({ units, calibration }: Board): SetupChange[] {
  const setup = calibration?.domain.setup;
  const core = units.find((unit) => unit.kind === 'core');
  if (setup?.dataCacheBytes === undefined || core?.dataCache?.bytes === setup.dataCacheBytes) return [];
  const [now, was] = [core?.dataCache?.bytes, setup.dataCacheBytes].map(kilo);
  return [{ why: `data cache ${now}, measured with ${was}`, sigma: SIGMA.cache }];
}

function changedPlacement({ runtime, calibration }: Board, weightsIn: string | undefined): SetupChange[] {
  const placement: Readonly<Record<string, string>> =
    weightsIn === undefined ? runtime.placement : { ...runtime.placement, weights: weightsIn };
  return Object.entries(calibration?.domain.setup?.placement ?? {}).flatMap(([role, was]) =>
    placement[role] === was
      ? []
      : [{ why: `${role} in ${placement[role]}, measured in ${was}`, sigma: SIGMA.placement }],
  );
}

function changedKernels(board: Board, options: DeployOptions): SetupChange[] {
  const was = board.calibration?.domain.setup?.kernels;
  const now = kernelsOf(board, options);
  return was === undefined || now === was
    ? []
    : [{ why: `kernels ${now}, measured with ${was}`, sigma: SIGMA.kernels }];
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

/** What differs from the set-up that the board's calibration measured; nothing where it does not say. */
export function setupChanges(board: Board, asked: DeployOptions): SetupChange[] {
  const options = chosenOptions(board, asked);
  return [
    ...changedClocks(board),
    ...changedCache(board),
    ...changedPlacement(board, options.weightsIn),
    ...changedKernels(board, options),
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
