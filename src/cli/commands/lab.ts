import { defineCommand, MODEL_HELP } from '../command.ts';
import { writeLine, type Io } from '../io.ts';

interface Args {
  readonly model: string | undefined;
  readonly board: string | undefined;
  readonly set: string | undefined;
  readonly state: string | undefined;
  readonly out: string | undefined;
  readonly port: number;
  readonly open: boolean;
}

export const labCommand = defineCommand<Args>({
  command: 'lab [model]',
  describe:
    'The Lab: a page that shows who works when, why, and what would change it; or that page as one file',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', describe: MODEL_HELP })
      .options({
        board: {
          alias: 'b',
          type: 'string',
          requiresArg: true,
          describe: 'Board ids that stand side by side, with commas between them',
        },
        set: {
          type: 'string',
          requiresArg: true,
          describe: 'Choices of firmware and converter, KEY=VALUE with commas, see docs/settings.md',
        },
        state: {
          type: 'string',
          requiresArg: true,
          describe: 'An experiment as JSON or as a .json file; model, --board and --set go before it',
        },
        out: {
          type: 'string',
          requiresArg: true,
          describe: 'Write the page as one file, which needs no server',
        },
        port: {
          type: 'number',
          default: 0,
          requiresArg: true,
          describe: 'Port on this machine (0: any free one)',
        },
        open: { type: 'boolean', default: true, describe: 'Open the page in the browser' },
      })
      .example('$0 lab', 'serve the page to this machine and open it')
      .example('$0 lab --no-open', 'print its address only')
      .example('$0 lab --out lab.html', 'one file for a stick: runs without a server and without a network')
      .example('$0 lab net.tflite --out net.html', 'one file with a model of yours inside'),
  idleBeside: { port: 'out', open: 'out', 'no-open': 'out' },
  run: async (args, io) => {
    const { labFile } = await import('../lab/lab-file.ts');
    const html = await labFile(args);
    if (args.out !== undefined) return writePage(args.out, html, io);
    const { serveLab } = await import('../lab/serve-lab.ts');
    return serveLab(html, args, io);
  },
});

async function writePage(path: string, html: string, io: Io): Promise<0> {
  const { replaceFile } = await import('../replace-file.ts');
  await replaceFile(path, html);
  writeLine(io, `${path} written: open it in a browser`);
  return 0;
}
