/** Expressions that each ask for one thing: what a function does at the edges, which labels stay, which matching is refused. */
export const byHand: readonly string[] = `
m0
m0{a0="x"}
m0{a0!="x"}
m0{a0=~"x|y",B1=~"p.*"}
m0{a2!~".+"}
{__name__=~"m[02]",a0="x"}
{B1="q"}
m0{a0=~"[[:alpha:]]"}
m0{a0=~"(?i)X"}
m0{a0=~"\\\\pL"}
m0{a0=~"\\\\p{Greek}|x"}
m0{a0=~"x|\\\\Qy\\\\E"}
m0{a0=~"[^a-x]"}
m0{a0=~"[\\\\w-]{1}"}
m0{a0=~"(?:x)?"}
m0{a0=~"(?P<n>y)"}
m0{a0!~"[x\\\\]]"}
m0{a2=~"z?"}
m0{a0=~"\\\\x78"}
m0 offset 5m
m0 offset -2m
m0 @ 900
m0 @ 900 offset 1m
m0 @ start()
m1 @ end() offset 3m
-m0
+m0
-{__name__=~"m0|m1"}
-3 ^ 2
2 ^ -3
m1 ^ 2
m1 ^ 3
m1 ^ -1
m1 ^ 0.5
m1 % 3
-m1 % 2.5
m1 / 0
0 / m3
m0 + m1
m0 * on(a0, B1) m1
m0 - ignoring(a2) m1
m0 + on(a0) m1
m0 * on(a0) group_left() m2
m0 * on(a0) group_left(B1) m1
m2 * on(a0) group_right() m0
m2 * on(a0) group_right(B1) m0
m0 / ignoring(B1, a2) group_left m2
m0 > m1
m0 > on(a0, B1) m1
m0 > bool m1
m0 >= bool on(a0) group_left m2
m0 == ignoring(a2) m0
m1 > 0
0 < m1
0 < bool m1
m1 == 4
m1 != 4
4 != m1
3 > bool 2
m0 and m1
m0 and on(a0) m2
m0 unless m1
m0 unless on(a0) m2{a0="x"}
m0 or m1
m0 or on(a0) m2
m3 or m0
m0 and on() m3
m0 and on() (m3 > 1)
m0 or vector(1)
m1 atan2 m1
sum(m0)
sum by (a0) (m0)
sum by (__name__) ({__name__=~"m[01]"})
sum without (a0) (m0)
sum without (B1, a2) (m0)
avg(m1)
avg by (B1) (m0)
min(m1)
max by (a0) (m1)
count(m0)
count by (a2) (m0)
group by (a0) (m0)
stddev(m1)
stdvar by (a0) (m1)
topk(1, m0)
topk(2, m0)
topk(2.9, m0)
topk(0, m0)
topk(NaN, m0)
topk by (a0) (1, m0)
bottomk(1, m0)
bottomk by (B1) (1, m1)
quantile(0.5, m0)
quantile(0.9, m1)
quantile(-1, m0)
quantile(2, m0)
quantile(NaN, m0)
quantile by (a0) (0.3, m0)
count_values("v", m1)
count_values by (a0) ("v", m1)
count_values without (a0) ("v", m1)
count_values("a0", m1)
count_values("v", m2 * 1e25)
count_values("v", m2 / 1e10)
count_values("v", 0 / m3)
count_values("v", -m3)
count_values("1x", m1)
rate(m0[5m])
rate(m0[30s])
rate(m0[45s])
rate(m0[10m])
rate(m0[1h])
rate(m0[5m] offset 4m)
rate(m0[5m] @ 1200)
increase(m0[5m])
increase(m0[17m])
increase(m0{a0="y"}[40m])
increase(m1[5m])
delta(m1[5m])
delta(m0[1h])
irate(m0[5m])
irate(m0[20m])
idelta(m1[5m])
idelta(m0[1m])
deriv(m1[5m])
deriv(m3[5m])
deriv(m0[20m])
deriv(m2[47s])
predict_linear(m1[5m], 3600)
predict_linear(m0[20m], 600)
predict_linear(m1[10m] @ 1500, 60)
predict_linear(m1[10m] offset 3m, 60)
predict_linear(m2[30m], -100)
sum_over_time(m2[1h])
sum_over_time(m0[20m])
avg_over_time(m2[1h])
avg_over_time(m1[13m])
min_over_time(m1[20m])
max_over_time(m1[20m])
count_over_time(m0[20m])
count_over_time(m0[30s])
last_over_time(m0[20m])
last_over_time({__name__=~"m0|m1"}[1m])
rate({__name__=~"m0|m1"}[5m])
present_over_time(m0[20m])
absent_over_time(m0[20m])
absent_over_time(m0{a2="z"}[5m])
absent_over_time(nothing{a="b",c=~"d",e="f",e="g"}[5m])
absent_over_time(nothing[5m:1m])
stddev_over_time(m2[1h])
stddev_over_time(m1[20m])
stdvar_over_time(m2[40m])
quantile_over_time(0.9, m2[20m])
quantile_over_time(0.33, m1[30m])
quantile_over_time(-1, m1[30m])
quantile_over_time(NaN, m1[30m])
changes(m1[40m])
changes(m0[1h])
resets(m0[1h])
resets(m1[1h])
absent(m0)
absent(nothing)
absent(nothing{a="b",c!="d"})
absent(nothing{a="b",a="c",x="y"})
absent(sum(nothing{a="b"}))
absent(nothing{a="b"} @ 100)
absent((nothing{a="b"}))
sum(absent(nothing))
histogram_quantile(0.5, m4)
histogram_quantile(0.9, m4)
histogram_quantile(0.05, m4)
histogram_quantile(1, m4)
histogram_quantile(0, m4)
histogram_quantile(-0.1, m4)
histogram_quantile(1.1, m4)
histogram_quantile(NaN, m4)
histogram_quantile(0.5, rate(m4[5m]))
histogram_quantile(0.9, sum by (le) (rate(m4{a0=~"x|y"}[5m])))
histogram_quantile(0.9, {__name__=~"m4|m0"})
histogram_quantile(0.95, sum by (le, a0) (rate(m4[5m])))
label_replace(m0, "n", "$1-$2", "a0", "(.)(.*)")
label_replace(m0, "n", "\${x}!$$", "a0", "(?P<x>x)")
label_replace(m0, "a0", "", "a0", "x")
label_replace(m0, "a0", "same", "a0", ".*")
label_replace(m0, "B1", "same", "B1", ".*")
label_replace(m0, "__name__", "other", "a0", "x")
label_replace(m0, "n", "$1x", "a0", "(.)")
label_replace(m0, "n", "yes", "missing", "")
label_replace(m0, "n-n", "yes", "a0", "x")
label_join(m0, "n", "-", "a0", "B1", "a2")
label_join(m0, "n", "-")
label_join(m0, "B1", "", "missing")
abs(m1)
ceil(m1 / 3)
floor(m1 / 3)
round(m1 / 3)
round(m1, 0.3)
round(m1, 5)
sgn(m1)
sgn(m3)
sqrt(m1)
clamp(m1, -1, 2)
clamp(m1, 2, -1)
clamp_min(m1, 0)
clamp_max(m1, 0)
clamp_max(m3 / 0, 3)
clamp(0 / m3, 1, 2)
clamp_max(0 / m3, -Inf)
clamp_min(0 / m3, Inf)
deg(m2)
rad(m2)
abs({__name__=~"m0|m1"})
scalar(m3)
scalar(m0)
scalar(nothing)
vector(3)
vector(time())
time()
pi()
timestamp(m0)
timestamp(m0 offset 1m)
timestamp(m0 @ 905)
timestamp(-m0)
timestamp((m0))
timestamp(abs(m0 @ 100))
timestamp(timestamp(m0))
sort(m0)
sort_desc(m1)
hour()
minute(m5)
hour(m5)
day_of_week(m5)
day_of_month(m5)
day_of_year(m5)
days_in_month(m5)
month(m5)
year(m5)
year()
max_over_time(m1[10m:1m])
max_over_time(m1[10m:])
sum_over_time(m0[10m:77s])
sum_over_time(m0[10m:77s] offset 1m)
sum_over_time(m0[10m:1m] @ 1800)
avg_over_time(rate(m0[2m])[10m:30s])
max_over_time(deriv(m1[3m])[20m:1m])
sum_over_time(vector(1)[10m:1m])
sum_over_time(vector(time())[90m:1m])
count_over_time((m1 > 3)[20m:30s])
last_over_time(m0[20m:1m])
rate(m0[10m:1m])
rate(sum(m0)[10m:1m])
increase(m0[10m:1m] offset 2m)
min_over_time(max_over_time(m1[3m:1m])[9m:3m])
sum_over_time((m0 @ 900)[5m:1m])
sum_over_time(timestamp(m0)[5m:1m])
absent_over_time((m1 > 100)[5m:1m])
quantile_over_time(0.5, m1[20m:1m])
predict_linear(m1[10m:1m], 100)
changes((m1 > bool 0)[40m:1m])
m0 @ 1e3 + m0
double_exponential_smoothing(m1[10m], 0.5, 0.3)
double_exponential_smoothing(m0[20m], 0.9, 0.1)
double_exponential_smoothing(m0[20m], 1, 0.1)
nothing + 1
sum(nothing)
count(nothing)
sum(nothing) or vector(0)
m1 > 0 and m1 < 5
m0 > 10 unless on (a0) m2 > 1
100 * (1 - sum(rate(m0{a0="x"}[5m])) / sum(rate(m0[5m])))
vector(NaN) > 1 or m3
vector(NaN) == vector(NaN)
Inf - Inf
1 / 0
0 / 0
-1 / 0
5 % 0
`
  .trim()
  .split('\n');
