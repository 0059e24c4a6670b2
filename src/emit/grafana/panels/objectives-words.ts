import { marked } from '../../../encode/markdown.js';

/** What the columns of the table of objectives mean. */
export const objectivesWords = marked`Promised is the objective, Kept what was good over its period; of an objective that is grouped, in its worst group. The budget is what may be bad: good is above 0 %. A burn rate of 1 spends it in exactly the period: good is below 1. Time left is how long it lasts at that rate.`;
