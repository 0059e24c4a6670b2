import { Counter } from "prom-client"

const starts = new Counter({
	name: "starts_total",
	help: "Starts of the service.",
})
starts.inc({}, 2)
