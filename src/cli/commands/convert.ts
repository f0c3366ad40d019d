import { defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import type { ConvertOptions } from '../convert/conversion.ts';
import { CONVERTERS } from '../convert/converters.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args extends ConvertOptions {
  readonly model: string;
  readonly to: string;
  readonly out: string;
  readonly json: boolean;
}

const ADDRESS = '0x300000';

export const convertCommand = defineCommand<Args>({
  command: 'convert <model>',
  describe: 'Convert a float32 network as the real tools do: a kmodel, a kfpkg, or an int8 .tflite',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({
        to: { choices: Object.keys(CONVERTERS), demandOption: true, describe: 'What to make of it' },
        out: { type: 'string', demandOption: true, requiresArg: true, describe: 'File to write' },
        dataset: {
          type: 'string',
          requiresArg: true,
          describe: 'Images for the ranges: a folder of pictures, mnist, or mnist:100 for a count',
        },
        ranges: {
          type: 'string',
          requiresArg: true,
          describe: 'kmodel: ranges by tensor, JSON {"name": [min, max]} or CSV tensor,min,max',
        },
        'float-fc': { type: 'boolean', default: false, describe: 'kmodel: leave every Dense on the core' },
        'channelwise-output': {
          type: 'boolean',
          default: false,
          describe: 'kmodel: a scale for each channel of the output',
        },
        address: {
          type: 'string',
          default: ADDRESS,
          requiresArg: true,
          describe: 'kfpkg: where the model goes in the flash',
        },
        ...JSON_OPTION,
      })
      .example('$0 convert net.tflite --to kmodel --out net.kmodel --dataset photos', 'ranges from pictures')
      .example('$0 convert paper:8 --to kfpkg --out paper.kfpkg --dataset mnist', 'ready to be flashed'),
  run: async ({ model, to, out, json, ...options }, io) => {
    await rejectIdle(to, { ...options });
    const { loadGraph } = await import('../inputs.ts');
    const { replaceFile } = await import('../replace-file.ts');
    const { bytes, kmodel, notes } = await CONVERTERS[to](await loadGraph(model), options);
    await replaceFile(out, bytes);
    for (const note of notes) io.err(`inferscope: ${note}\n`);
    const written = [{ path: out, bytes: bytes.length }];
    if (json) writeJson(io, { written, ...(kmodel ? { kmodel } : {}) });
    else writeLine(io, (await import('../convert/conversion-text.ts')).formatConversion(written, kmodel));
    return 0;
  },
});

/** What some targets alone take: the option, what it is where nobody gave it, and those targets. */
const TAKEN = [
  ['ranges', undefined, ['kmodel', 'kfpkg'], 'an int8 .tflite takes its ranges from --dataset'],
  ['float-fc', false, ['kmodel', 'kfpkg'], 'an int8 .tflite has no such choice'],
  ['channelwise-output', false, ['kmodel', 'kfpkg'], 'an int8 .tflite has no such choice'],
  ['address', ADDRESS, ['kfpkg'], 'any other file has no place in the flash'],
] as const;

async function rejectIdle(to: string, args: Readonly<Record<string, unknown>>): Promise<void> {
  const idle = TAKEN.find(
    ([name, unset, takers]) => args[name] !== unset && !takers.some((taker) => taker === to),
  );
  if (idle === undefined) return;
  const [name, , takers, reason] = idle;
  const { SpecError } = await import('../../errors.ts');
  throw new SpecError(`--${name} goes with --to ${takers.join(' and ')}; ${reason}`);
}
