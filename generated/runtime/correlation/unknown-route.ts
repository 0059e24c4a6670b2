// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What all requests without a known route share, as the labels have it for values beyond their cap. */
export { otherValue as unknownRoute } from '../metrics/label-table.js';
