import { maixduino, openmvH7Plus } from '../../src/boards/index.ts';
import { compileModule, execScript, readGuestFiles } from '../../src/firmware/guest/exec-script.ts';
import { GuestThread } from '../../src/firmware/guest/guest-thread.ts';
import type { GuestRequest, GuestResult } from '../../src/firmware/guest/run-guest.ts';

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
    const { stoppedBy, exception } = isWhole ? await execScript(request) : await this.#runNext(request);
    return exception?.type ?? stoppedBy;
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

  /** On the board that its length says, so that each program keeps its own; the thread has MicroPython compiled. */
  async #request(source: string): Promise<GuestRequest> {
    const board = source.length % 2 ? maixduino : openmvH7Plus;
    const { shims } = await readGuestFiles(board);
    return { board, shims, limitPs: 1e11, pictures: [PICTURE], script: { name: 'main.py', source } };
  }
}
