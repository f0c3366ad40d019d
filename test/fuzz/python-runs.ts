import type { Board } from '../../src/boards/board/board.ts';
import { maixduino, openmvH7Plus } from '../../src/boards/index.ts';
import { withSettings } from '../../src/boards/settings/all-settings.ts';
import { compileModule, execScript, readGuestFiles } from '../../src/firmware/guest/exec-script.ts';
import { GuestThread } from '../../src/firmware/guest/guest-thread.ts';
import type { GuestRequest, GuestResult } from '../../src/firmware/guest/run-guest.ts';
import { files } from './target.ts';

const BOARDS: Readonly<Record<string, Board>> = {
  maixduino,
  'openmv-h7-plus': openmvH7Plus,
  'openmv-4.6': withSettings(openmvH7Plus, { 'openmv.firmware': '4.6' }),
};
const [TFLITE] = files('test/fixtures', 'tiny-int8.tflite');
const [KMODEL] = files('examples/spots', '.kmodel');
/** Of the board's time: its camera alone takes a second of it. */
const LIMIT_PS = 3e12;
/** One script in so many ends at what is not modelled. */
const STRICT = 8;
const PICTURE = {
  ...{ name: 'a picture', width: 8, height: 8, channels: 1 as const },
  pixels: Uint8Array.from({ length: 64 }, (_, at) => (at * 53) & 255),
};

/** One script in so many goes all the way of `inferscope exec`, in a thread that starts for it. */
const WHOLE_WAY = 64;
/** Processor time that such a thread starts in, for what loads the project's modules and compiles MicroPython. */
const START_SECONDS = 3;

/** Threads are watched alike; one that runs script after script runs 20 of them while another one starts. */
export class PythonRuns {
  #thread: GuestThread | undefined;
  #count = 0;
  /** Of the run that was last. */
  startSeconds = 0;

  async prepare(): Promise<void> {
    if (this.#thread) return;
    const thread = new GuestThread(compileModule);
    for (const source of ['a = 1', 'ab = 1']) await thread.run(await this.#request(source));
    this.#thread = thread;
  }

  async run(source: string): Promise<string> {
    const isWhole = this.#count++ % WHOLE_WAY === 0 || this.#thread === undefined;
    this.startSeconds = isWhole ? START_SECONDS : 0;
    const request = await this.#request(source);
    const { stoppedBy, exception, stdout } = isWhole
      ? await execScript(request)
      : await this.#runNext(request);
    const thrown = stdout.split('\n').filter((line) => line.startsWith('= '));
    return [exception?.type ?? stoppedBy, ...thrown].join('\n');
  }

  async #runNext(request: GuestRequest): Promise<GuestResult> {
    const thread = this.#thread!;
    try {
      return await thread.run(request);
    } catch (error) {
      this.#thread = undefined;
      await thread.end();
      throw error;
    }
  }

  /** On the board that its first line names or else its length says; the thread has MicroPython compiled. */
  async #request(source: string): Promise<GuestRequest> {
    const name = /^# (\S+)/.exec(source)?.[1] ?? '';
    const board = BOARDS[name] ?? Object.values(BOARDS)[source.length % Object.keys(BOARDS).length]!;
    const { shims } = await readGuestFiles(board);
    return {
      ...{ board, shims, limitPs: LIMIT_PS, pictures: [PICTURE], script: { name: 'main.py', source } },
      // What is not modelled would end most scripts at their first odd call.
      allowMissing: source.length % STRICT !== 0,
      files: { '/m.tflite': TFLITE, '/m.kmodel': KMODEL, '/m.bin': Uint8Array.of(1, 2, 3) },
      ...(board === maixduino && {
        flash: [0x300000, 0x400000].map((address) => ({ address, bytes: KMODEL, name: 'm.kmodel' })),
      }),
    };
  }
}
