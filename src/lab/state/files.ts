import { signal } from '@preact/signals';
import { formatCount } from 'inferscope/experiments';
import { openInWorker } from './kept-files.ts';
import { ask, refreshBoards, warmUp } from './lab-simulation.ts';
import { experiment, notice, tab } from './lab-store.ts';
import { showLesson } from './learner.ts';
import { isPicture, showPicture } from './pad-ink.ts';
import { bytesOfRecent, keepRecent, type RecentFile } from './recent-files.ts';

/** Whether a file hovers over the page. */
export const isHovering = signal(false);
/** Sentences about the model that was dropped last. */
export const fileFacts = signal<readonly string[]>([]);

/** Opens a file as what it holds: a model to ask about, or a board to compare. Rejects with one line for any other. */
async function openDropped(name: string, bytes: Uint8Array): Promise<void> {
  const dropped = await openInWorker(name, bytes);
  await showLesson(undefined);
  if (dropped.kind === 'board') {
    await refreshBoards();
    const [first] = experiment.value.boards;
    ask({ ...experiment.value, boards: [dropped.id, ...(first === undefined ? [] : [first])] });
    notice.value = `${dropped.name} stands beside the other board now. Nothing left this computer.`;
    return;
  }
  keepRecent(name, bytes);
  fileFacts.value = dropped.facts;
  tab.value = 'boards';
  ask({ ...experiment.value, model: dropped.name });
  notice.value = `${dropped.name}: ${dropped.facts.join('; ')}. Nothing left this computer.`;
}

/** Bytes of a file that the page takes; `inferscope predict` takes more. */
const MAX_FILE_BYTES = 64 * 2 ** 20;

/** Reads a file of the reader's, unless it is larger than a page should hold. Throws an Error of one line. */
async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MAX_FILE_BYTES) {
    throw new Error(
      `${file.name}: has ${formatCount(file.size)} bytes, and this page takes ${formatCount(MAX_FILE_BYTES)} at most. In a terminal, inferscope predict takes it.`,
    );
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name}: could not be read. If it is a folder, drop one file of it.`);
  }
}

async function showDroppedPicture(file: File): Promise<void> {
  await showPicture(file, file.name);
  notice.value = `${file.name}: the network sees it under "What it computes". Nothing left this computer.`;
}

/** Runs what opens a file; what it rejects with becomes a notice. */
async function orNotice(open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (error) {
    notice.value = (error as Error).message;
  }
}

/** Opens a file that this browser has kept. */
export const openKept = (file: RecentFile): Promise<void> =>
  orNotice(() => openDropped(file.name, bytesOfRecent(file)));

async function openFirst(files: FileList | null | undefined): Promise<void> {
  const file = files?.[0];
  if (!file) return;
  await orNotice(async () => {
    if (isPicture(file)) return showDroppedPicture(file);
    await openDropped(file.name, await bytesOf(file));
  });
}

/** Opens what a file input was given. */
export const openChosen = (input: HTMLInputElement): void => {
  void openFirst(input.files);
  input.value = '';
};

/** The whole window takes files. */
export function listenToDrops(): void {
  const hover = (event: DragEvent) => {
    event.preventDefault();
    isHovering.value = true;
    warmUp().catch(() => undefined);
  };
  window.addEventListener('dragenter', hover);
  window.addEventListener('dragover', hover);
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) isHovering.value = false;
  });
  window.addEventListener('drop', (event) => {
    event.preventDefault();
    isHovering.value = false;
    void openFirst(event.dataTransfer?.files);
  });
}
