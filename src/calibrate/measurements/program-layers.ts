/** Layers of data/measured.csv that an accelerator's rates are fitted to, by board: of which release, and how many rows. */
export const PROGRAM_LAYERS: Readonly<Record<string, { readonly version: string; readonly rows: number }>> = {
  'xg24-dk2601b': { version: 'tflite-micro-mltk-profiler-physical-device', rows: 255 },
};
