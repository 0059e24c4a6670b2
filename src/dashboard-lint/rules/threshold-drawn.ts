import { leafPanels, named } from '../board.js';
import { at, text } from '../json.js';
import { isGraph } from '../panel-types.js';
import { fault, inPanel, verdict, type Rule } from '../rule.js';
import { isUntouched, stepsOf, thresholdValues } from '../steps.js';

/** Thresholds are meant, in order, and seen. */
export const thresholdDrawn: Rule = {
  id: 'threshold-drawn',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      const values = thresholdValues(panel);
      if (values.length === 0) continue;
      const place = inPanel(panel, 'fieldConfig.defaults.thresholds');
      const style =
        text(at(panel.json, 'fieldConfig', 'defaults', 'custom', 'thresholdsStyle', 'mode')) ?? 'off';
      if (isGraph(panel.type)) {
        // What Grafana puts on every new panel is not seen and not meant.
        if (isUntouched(panel) && style === 'off') continue;
        yield verdict(
          style !== 'off',
          place,
          `${named(panel)} has thresholds that it does not draw`,
          'set `thresholdsStyle.mode: line`, or remove them',
        );
      }
      if (stepsOf(panel)[0]?.value !== undefined && stepsOf(panel)[0]?.value !== 0)
        yield fault(
          place,
          `the first threshold of ${named(panel)} does not begin at nothing`,
          'let it begin at `null`',
        );
      yield verdict(
        values.every((value, index) => index === 0 || value >= (values[index - 1] ?? -Infinity)),
        place,
        `the thresholds of ${named(panel)} are out of order`,
        'order them from small to large',
      );
    }
  },
};
