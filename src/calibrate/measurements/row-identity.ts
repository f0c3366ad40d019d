/** The columns of a published row that say what ran where. */
export interface RowNames {
  readonly board: string;
  readonly soc: string;
  readonly core: string;
  readonly accelerator: string;
  readonly framework: string;
  readonly kernels: string;
  readonly dtype: string;
  readonly notes: string;
}

/** The same in names that are equal where the thing is. */
export interface Identity {
  readonly board: string;
  /** Chips of one line of a vendor, such as stm32h7: one core, one memory system. */
  readonly family: string;
  readonly core: string;
  readonly engine: string;
  /** Of the engine; numbers are in order, so that a version stands on those before it. */
  readonly version: string;
  /** How the engine was set up, where the row says so: "max_performance". */
  readonly variant: string;
  readonly dtype: 'int8' | 'float32';
}

type Words = readonly (readonly [pattern: RegExp, name: string])[];

/** Engines by what the columns `kernels` and `framework` say, the first that fits. */
const ENGINES: Words = [
  [/ansi c/i, 'esp-nn-ansi'],
  [/x[- ]?cube[- ]?ai|cube[-. ]?ai|st ?edge ?ai/i, 'x-cube-ai'],
  [/plumerai/i, 'plumerai'],
  [/hale/i, 'hale'],
  [/tinyengine/i, 'tinyengine'],
  [/glow/i, 'glow'],
  [/microflow/i, 'microflow'],
  [/tvm native/i, 'tvm'],
  [/esp-nn/i, 'esp-nn'],
  [/esp-dl/i, 'esp-dl'],
  [/andes/i, 'andes-nn'],
  [/float kernels|tflm float/i, 'tflm-float'],
  [/reference/i, 'tflm-reference'],
  [/cmsis[- _]?nn not stated/i, 'tflm-unknown'],
  [/cmsis[- _]?nn \(2018|\(q7\)|intq/i, 'cmsis-nn-q7'],
  [/helium/i, 'cmsis-nn-helium'],
  [/cmsis[- _]?nn/i, 'cmsis-nn'],
];

const CORES: Words = [
  // Of several cores the first that is named runs the network: PSoC 62 is a Cortex-M4 with an M0+ beside it.
  [/^((?!cortex-m[1-9]).)*cortex-m0/i, 'cortex-m0plus'],
  [/cortex-m(\d+)/i, 'cortex-m$1'],
  [/lx6/i, 'xtensa-lx6'],
  [/lx7/i, 'xtensa-lx7'],
];

const FAMILIES: Words = [
  [/stm32([a-z]\d)/i, 'stm32$1'],
  [/nrf(\d\d)/i, 'nrf$1'],
  [/(esp32(-?[a-z]\d)?)/i, '$1'],
  [/(rp2\d)/i, '$1'],
  [/(imxrt\d\d|i\.mx ?rt\d\d)/i, '$1'],
  [/(samd?\w?\d)/i, '$1'],
];

/** Lower case with a hyphen for whatever is no letter, digit or dot. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-|-$/g, '');
}

function named(words: Words, text: string): string | undefined {
  for (const [pattern, name] of words) {
    const match = pattern.exec(text);
    if (match) return slug(name.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? ''));
  }
  return undefined;
}

const isFloat = (dtype: string): boolean => /^(float|fp|f32)/i.test(dtype);

/** Cores that CMSIS-NN has code for: elsewhere what is not stated is what TensorFlow Lite Micro comes with. */
const HAS_CMSIS_NN = /cortex-m/i;

function engineOf({ kernels, framework, dtype, core }: RowNames): string {
  const stated = named(ENGINES, kernels) ?? named(ENGINES, framework);
  if (stated !== undefined && stated !== 'cmsis-nn') return stated;
  const isTflm = /tflite|tflm|tensorflow/i.test(`${framework} ${kernels}`);
  if (isTflm && isFloat(dtype)) return 'tflm-float';
  if (stated === undefined && isTflm && !HAS_CMSIS_NN.test(core)) return 'tflm-reference';
  return stated ?? (isTflm ? 'tflm-unknown' : slug(framework));
}

/** Engines whose versions have an order and are what their speed goes by. */
const NUMBERED = new Set(['x-cube-ai', 'plumerai', 'hale']);

/** How TensorFlow Lite Micro is called. */
const TFLM_NAMES = /tensorflow[- ]?lite[- ]?(for )?micro(controllers)?|\btflm\b|\btf[- ]?lite[- ]?micro\b/i;

/** Plumerai's rounds before it counted by years, as numbers below any year. */
function versionOf({ framework, kernels }: RowNames, engine: string): string {
  const number = /(\d+(?:\.\d+)+)/.exec(framework)?.[1];
  if (NUMBERED.has(engine) && number !== undefined) return number.split('.').slice(0, 2).join('.');
  const named = framework.replace(TFLM_NAMES, 'TFLite Micro');
  return slug(`${named.replace(/@.*$|\(.*?platform\)/, '')} ${/@(\w+)/.exec(kernels)?.[1] ?? ''}`);
}

function variantOf({ framework, notes }: RowNames): string {
  const noted = /variant (\w+)/.exec(notes)?.[1];
  return noted ?? /\((time|ram|balanced)\)/.exec(framework)?.[1] ?? '';
}

/** Boards that have another id than their text, are named by their chip, or differ from another in their supply alone. */
const TAKEN_FOR: Readonly<Record<string, string>> = {
  stm32h743: 'nucleo-h743zi',
  'nucleo-l4r5zi-p': 'nucleo-l4r5zi',
  'openmv-cam-h7-plus': 'openmv-h7-plus',
  'sipeed-maixduino': 'maixduino',
  'teensy-4.0': 'teensy-40',
};

/** Words that some sources write otherwise, or add. */
const SPELLINGS: readonly (readonly [pattern: RegExp, spelling: string])[] = [
  [/^(?:stmicroelectronics|st|arm|nordic|stm32)-(?=nucleo|stm32|nrf|b-u5)/, ''],
  [/^nucleo-stm32/, 'nucleo-'],
  [/-?(discovery|disc)(-kit)?$/, '-disco'],
  [/^(arduino-)?nano-33-ble(-sense)?$/, 'arduino-nano-33-ble'],
  [/^(raspberry-)?pi-pico$/, 'raspberry-pi-pico'],
  [/^pico$/, 'raspberry-pi-pico'],
  [/^teensy-?4(?:\.0|-0)?$/, 'teensy-40'],
  [/^feather-m4$/, 'feather-m4-express'],
  [/^(nrf\d+)dk$/, '$1-dk'],
];

/** The id of a board by its text: without what is in brackets, and without the word itself. */
export function boardOf(text: string): string {
  const id = slug(text.replace(/\(.*?\)/g, '').replace(/\bboard\b/i, ''));
  const plain = SPELLINGS.reduce((name, [pattern, spelling]) => name.replace(pattern, spelling), id);
  return TAKEN_FOR[plain] ?? plain;
}

/**
 * Engines that leave out channels whose weights are all zero, by their first version that does; inferred from the rows:
 * the one network of the benchmark that has such channels takes about half of what it took, or of what the same kernels
 * take elsewhere, and the others take what they took.
 */
const DROPS_DEAD_CHANNELS: readonly (readonly [engine: string, since: number | RegExp])[] = [
  ['x-cube-ai', 8.1],
  ['plumerai', 2023],
  ['cmsis-nn', /^onnc/],
];

export function dropsDeadChannels({ engine, version }: Identity): boolean {
  return DROPS_DEAD_CHANNELS.some(
    ([name, since]) =>
      name === engine &&
      (typeof since === 'number' ? Number.parseFloat(version) >= since : since.test(version)),
  );
}

/** The id of a core by its text: "Cortex-M33", "Arm Cortex-M33 with DSP". */
export const coreId = (text: string): string => named(CORES, text) ?? slug(text);

/** What a published row ran on and with. */
export function identityOf(row: RowNames): Identity {
  // An accelerator is an engine and a core of its own: nothing of what CPUs do says how fast it is.
  const accelerator = slug(row.accelerator);
  const engine = accelerator === '' ? engineOf(row) : accelerator;
  return {
    board: boardOf(row.board),
    family: named(FAMILIES, `${row.soc} ${row.board}`) ?? slug(row.soc || row.board),
    core: coreId(row.core) + (accelerator === '' ? '' : `+${accelerator}`),
    engine,
    version: versionOf(row, engine),
    variant: variantOf(row),
    dtype: isFloat(row.dtype) ? 'float32' : 'int8',
  };
}
