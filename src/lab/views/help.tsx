import { isHelpOpen } from '../state/lab-store.ts';

const KEYS = [
  ['[ and ]', 'one filter less, one more'],
  ['arrows', 'the cursor of time goes from event to event'],
  ['1 to 9, 0', 'lessons'],
  ['a', 'pin A: everything is then told against this'],
  ['z', 'zoom to the accelerator'],
  ['Ctrl-Z', 'back to before the last move'],
  ['?', 'this help'],
] as const;

/** Keys, and what the page does with a file. */
export function Help() {
  if (!isHelpOpen.value) return null;
  return (
    <section class="card help" aria-label="Help">
      <dl>
        {KEYS.map(([key, what]) => (
          <>
            <dt>{key}</dt>
            <dd>{what}</dd>
          </>
        ))}
      </dl>
      <p>
        Drop a .tflite, .kmodel or .kfpkg file or a board as JSON anywhere: it is read here, and nothing
        leaves this computer. Each picture has a table below it. Times are predictions: nine times in ten the
        board is inside of the interval.
      </p>
    </section>
  );
}
