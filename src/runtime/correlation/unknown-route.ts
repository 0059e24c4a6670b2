/** What all requests without a known route share, as the labels have it for values beyond their cap. */
export { otherValue as unknownRoute } from '../metrics/label-table.js';
