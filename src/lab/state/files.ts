import { signal } from '@preact/signals';
import type { Dropped } from '../worker/dropped-files.ts';
import { ask, callWhole, refreshBoards, warmUp } from './lab-simulation.ts';
import { experiment, notice, tab } from './lab-store.ts';
import { showLesson } from './learner.ts';

/** Whether a file hovers over the page. */
export const isHovering = signal(false);
/** Sentences about the model that was dropped last. */
export const fileFacts = signal<readonly string[]>([]);

/** Opens a file as what it holds: a model to ask about, or a board to compare. What cannot be read becomes a notice. */
export async function openDropped(name: string, bytes: Uint8Array): Promise<void> {
  try {
    const dropped = await callWhole((lab) => lab.openFile(name, bytes) as Promise<Dropped>);
    await showLesson(undefined);
    if (dropped.kind === 'board') {
      await refreshBoards();
      const [first] = experiment.value.boards;
      ask({ ...experiment.value, boards: [dropped.id, ...(first === undefined ? [] : [first])] });
      notice.value = `${dropped.name} stands beside the other board now. Nothing left this computer.`;
      return;
    }
    fileFacts.value = dropped.facts;
    tab.value = 'boards';
    ask({ ...experiment.value, model: dropped.name });
    notice.value = `${dropped.name}: ${dropped.facts.join('; ')}. Nothing left this computer.`;
  } catch (error) {
    notice.value = (error as Error).message;
  }
}

async function openFirst(files: FileList | null | undefined): Promise<void> {
  const file = files?.[0];
  if (file) await openDropped(file.name, new Uint8Array(await file.arrayBuffer()));
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
