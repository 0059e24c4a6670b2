// Nothing here: function run() {}
/* class A { run() {} } */
export {};
