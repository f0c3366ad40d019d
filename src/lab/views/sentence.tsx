import { answer, selection } from '../state/lab-store.ts';

/** The sentence of what is pointed at, or the headline of each board. */
export function selectedSentence(): string | undefined {
  const chosen = selection.value;
  const board = answer.value?.boards.find((candidate) => candidate.board === chosen?.board);
  return board?.explanation?.steps[chosen?.step ?? -1]?.sentence;
}

/** One sentence a board: what the accelerator did, what took longest, and why. */
export function Sentence() {
  return (
    <div class="sentence">
      {answer.value?.boards.map(({ board, name, headline }) => (
        <p key={board}>
          <strong>{name}.</strong> {headline}
        </p>
      ))}
    </div>
  );
}
