import { explainDifference, explainPrediction, maixduino, paperCnn, predict } from 'inferscope';

const five = predict(paperCnn({ filters: 5 }), maixduino);
const six = predict(paperCnn({ filters: 6 }), maixduino);

console.log(explainPrediction(six).sentence);
for (const { sentence } of explainDifference(five, six).rules) console.log(sentence);
