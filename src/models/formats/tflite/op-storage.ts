import type { Codec } from './codecs.ts';
import type { VersionRow } from './op-versions.ts';
import type { OptionsField, OptionsName } from './options-table.ts';

/** How a key of a custom operator's own options is named. */
export type FlexField = `flex:${string}`;

/**
 * How one attribute is stored: the field of the options table, by the format's name, or a key of a custom operator's own
 * options; and its translation.
 */
export type Field<T = unknown> = readonly [name: OptionsField | FlexField, codec: Codec<T>];
export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F> = F extends Field<infer T> ? T : never;
type OptionalKey<F> = { [K in keyof F]: undefined extends ValueOf<F[K]> ? K : never }[keyof F];

/** Attributes of an operator, by the codecs of its fields; a field whose codec knows absence is optional. */
export type AttributesOf<F> = { readonly [K in Exclude<keyof F, OptionalKey<F>>]: ValueOf<F[K]> } & {
  readonly [K in OptionalKey<F>]?: Exclude<ValueOf<F[K]>, undefined>;
};

/** How an operator is stored in a .tflite file; the file's code of it follows from its name. */
export interface OpStorage<F extends Fields = Fields> {
  /** Its options table; absent where it has none. */
  readonly options?: OptionsName;
  /** Its attributes; absent where it has none. */
  readonly fields?: F;
  /** True for an operator that gives nothing and does something. */
  readonly isSilent?: boolean;
  readonly versions: VersionRow;
}

/** Input positions of an operator with weights, and the axis of the weights that counts the outputs. */
export interface WeightSlots {
  readonly data: number;
  readonly weights: number;
  readonly bias: number;
  /** Axis with a scale for each slice; absent where weights are quantized as a whole. */
  readonly axis?: number;
  /** The interpreter refuses to run without a bias (TFLite's conv.cc), so the converter writes one of zeros. */
  readonly needsBias?: boolean;
}

/** What this format asks an operator. */
export interface StoredOp {
  /** TFLite's builtin name; `CUSTOM:name` for a custom operator. */
  readonly type: string;
  readonly tflite: OpStorage;
  readonly weighted?: WeightSlots;
}
