import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly package: string;
  readonly image: string | undefined;
  readonly isp: string | undefined;
  readonly json: boolean;
}

export const flashCommand = defineCommand<Args>({
  command: 'flash <package>',
  describe: 'Write a kfpkg into a flash image, and the frames that a flasher would send',
  builder: (yargs) =>
    yargs
      .positional('package', { type: 'string', demandOption: true, describe: 'A .kfpkg file' })
      .options({
        image: {
          type: 'string',
          requiresArg: true,
          describe: 'Flash image of 16 MB: changed where it exists, else made',
        },
        isp: {
          type: 'string',
          requiresArg: true,
          describe: 'File for the frames of the serial protocol, one after the other',
        },
        ...JSON_OPTION,
      })
      .example('$0 flash net.kfpkg --image flash.bin', 'the flash as the device would find it')
      .example('$0 flash net.kfpkg --isp frames.bin', 'what goes over the serial line'),
  run: async (args, io) => {
    const { visibleLine } = await import('../../report/visible-text.ts');
    const { flashPackage } = await import('../flash-package.ts');
    const { entries, written } = await flashPackage(args.package, args);
    if (args.json) {
      writeJson(io, { entries, written });
      return 0;
    }
    const lines = entries.map(
      ({ bin, address, bytes }) => `${visibleLine(bin)}: ${bytes} bytes at 0x${address.toString(16)}`,
    );
    writeLine(io, [...lines, ...written.map(({ path, bytes }) => `${path}: ${bytes} bytes`)].join('\n'));
    return 0;
  },
});
