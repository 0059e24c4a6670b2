import { defineEmitter } from '../emitter.js';
import { certificateFiles } from './certificates.js';
import { networkPolicyFiles } from './network-policies.js';

/** Who may talk to whom, and what they show each other. */
export const kubernetesAccess = defineEmitter({
  id: 'kubernetes-access',
  title: 'Access in Kubernetes',
  files(model) {
    const { stack } = model;
    if (stack?.kubernetes === undefined) return [];
    return [...certificateFiles(model, stack), ...networkPolicyFiles(model, stack)];
  },
});
