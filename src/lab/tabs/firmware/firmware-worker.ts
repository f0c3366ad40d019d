import { expose } from 'comlink';
import type { Board } from 'inferscope';
import { bytesFromBase64 } from 'inferscope/experiments';
import {
  runGuest,
  scriptFilesOf,
  type GuestNews,
  type GuestRequest,
  type GuestResult,
  type Picture,
} from 'inferscope/firmware';
import { readPicture } from 'inferscope/files';
import { MICROPYTHON_WASM, PYTHON_TEXTS } from 'virtual:firmware-files';
import { exampleBytes, examplesFor, type ExampleScript } from './example-scripts.ts';

/** What the page asks for: a script, and what it finds. */
export interface ScriptRequest {
  readonly board: Board;
  readonly script: { readonly name: string; readonly source: string };
  /** Simulated time after which it ends. */
  readonly limitPs: number;
  /** The network that it loads. */
  readonly model?: { readonly name: string; readonly bytes: Uint8Array };
  readonly pictures: readonly Picture[];
  /** Files of the examples that stand in for both. */
  readonly example?: Pick<ExampleScript, 'model' | 'picture'>;
}

/** What is left to say at the end: the rest was told as it came. */
export type ScriptEnd = Pick<
  GuestResult,
  'stoppedBy' | 'exception' | 'simulatedPs' | 'callbackFailures' | 'missing' | 'displayPng'
>;

/** Where the examples look for their network. */
const [MODEL_ADDRESS, MODEL_FILE] = [0x300000, 'model.tflite'];

/** The model where the board's scripts look for it. */
function placed({ board, model, example }: ScriptRequest): Pick<GuestRequest, 'flash' | 'files'> {
  const { home, readsFlash } = scriptFilesOf(board);
  const given =
    example?.model === undefined ? model : { name: example.model, bytes: exampleBytes(example.model) };
  if (!given) return {};
  const { name, bytes } = given;
  if (readsFlash) return { flash: [{ address: MODEL_ADDRESS, bytes, name }] };
  return { files: { [`${home.replace(/\/$/, '')}/${MODEL_FILE}`]: bytes } };
}

function seen({ pictures, example }: ScriptRequest): readonly Picture[] {
  const name = example?.picture;
  return name === undefined ? pictures : [{ ...readPicture(exampleBytes(name), name), name }];
}

const firmwareService = {
  /** Scripts to begin with on a board. Throws a SpecError of one line for a board that runs no scripts. */
  examples: (board: Board): ExampleScript[] => examplesFor(board),

  /**
   * Runs one script on a virtual board; a worker runs one and is thrown away. `tell` is called while it runs. Throws a
   * SpecError of one line for a board that runs no scripts.
   */
  async run(request: ScriptRequest, tell: (news: GuestNews) => void): Promise<ScriptEnd> {
    const { board, script, limitPs } = request;
    const shims = Object.fromEntries(scriptFilesOf(board).shims.map((path) => [path, PYTHON_TEXTS[path]!]));
    const { stoppedBy, exception, simulatedPs, callbackFailures, missing, displayPng } = await runGuest(
      {
        ...{ board, script, limitPs, shims, wasm: bytesFromBase64(MICROPYTHON_WASM) },
        ...placed(request),
        pictures: seen(request),
      },
      undefined,
      undefined,
      tell,
    );
    return {
      ...{ stoppedBy, simulatedPs, callbackFailures, missing },
      ...(exception && { exception }),
      ...(displayPng && { displayPng }),
    };
  },
};

export type FirmwareService = typeof firmwareService;

expose(firmwareService);
postMessage('ready');
