/** Refits the uncertain constants of the measured boards and writes src/boards/posteriors/. Run: npm run calibrate */
import { readFileSync, writeFileSync } from 'node:fs';
import { posteriorFiles } from './posterior-files.ts';
import { PUBLISHED_ROWS_FILE, publishedRowsSource } from './published-rows.ts';
import { SPEED_CARDS_FILE, speedCardsSource } from './speed-cards-file.ts';

for (const { board, url, text, residualMs } of await posteriorFiles()) {
  const isSame = readFileSync(url, 'utf8') === text;
  if (!isSame) writeFileSync(url, text);
  console.log(
    `${board}: leave-one-out residual ${residualMs} ms${isSame ? ', as before' : ', written anew'}`,
  );
}

writeFileSync(PUBLISHED_ROWS_FILE, publishedRowsSource());
writeFileSync(SPEED_CARDS_FILE, await speedCardsSource());
