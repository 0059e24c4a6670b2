import { modelOf } from '../support/model.js';
import type { Model } from '../../src/model/model.js';

/** A small service. @param more further sections in YAML */
export function shop(more = ''): Model {
  return modelOf(`
version: 1
service: { name: shop, owner: shops, selector: { job: shop } }
labels:
  result: { description: How it ended., values: [ok, error] }
  product: { description: What was bought., registered: true, cap: 20 }
  town: { description: Where it goes., cap: 50 }
metrics:
  shop_orders_total: { type: counter, help: Orders., labels: [result] }
  shop_sales_total: { type: counter, help: Sales., init: false, labels: [product, town] }
  shop_wait_seconds: { type: histogram, help: How long it took., buckets: [0.1, 0.5, 1, 5], labels: [result] }
  shop_open_orders: { type: gauge, help: Orders that wait., labels: [product] }
${more}`);
}
