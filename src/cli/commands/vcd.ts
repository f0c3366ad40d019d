import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly action: string;
  readonly file: string;
  readonly pin: string;
  readonly json: boolean;
}

export const vcdCommand = defineCommand<Args>({
  command: 'vcd <action> <file>',
  describe: 'width: pulse widths and periods of one pin in a VCD file, ours or that of a logic analyser',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ['width'], demandOption: true, describe: 'What to do' })
      .positional('file', { type: 'string', demandOption: true, describe: 'VCD file' })
      .options({
        pin: {
          type: 'string',
          demandOption: true,
          requiresArg: true,
          describe: 'Name of the pin, with its scopes where it is not unique: top.PIN',
        },
        ...JSON_OPTION,
      })
      .example('$0 vcd width p.vcd --pin GPIO0', 'how long the pin was high, low, and from rise to rise')
      .example('$0 vcd width p.vcd --pin GPIO0 --json', 'the same as one JSON document')
      .epilogue(
        'sigrok reads such a file too: sigrok-cli -i p.vcd -I vcd -P timing:data=GPIO0 -A timing=time\n' +
          'It makes a sample of every tick: for a file that counts ps, write -I vcd:downsample=1000.',
      ),
  run: async ({ file, pin, json }, io) => {
    const { formatVcdWidth, measureVcd } = await import('../vcd-width.ts');
    const found = await measureVcd(file, pin);
    if (json) writeJson(io, found);
    else writeLine(io, formatVcdWidth(found));
    return 0;
  },
});
