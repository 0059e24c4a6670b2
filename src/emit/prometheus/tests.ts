import type { Model } from '../../model/model.js';
import { suites } from '../../prove/suites.js';
import { testFiles } from '../../prove/test-file.js';
import { defineEmitter } from '../emitter.js';
import { ruleGroupFiles } from './files.js';

/** Tests of the rules for promtool: they prove that each alert fires when it should, and only then. */
export const prometheusTests = defineEmitter({
  id: 'prometheus-tests',
  title: 'Tests of the Prometheus rules',
  files(model: Model) {
    const rules = ruleGroupFiles(model);
    return suites(model).flatMap((suite) => testFiles(model, suite, rules));
  },
});
