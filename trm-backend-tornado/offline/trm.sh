# Sourced by run.sh and slice.sh: trm, the command, in this folder's runtime. BACKEND chooses a backend or device, such as
# tornado:cuda:0 or cpu-vector; MEMORY=64GB lets TornadoVM take more; PRODUCTS=java or PRODUCTS=cublas says who makes
# matrix products.
backend=${BACKEND:-tornado}
arguments=$(mktemp)
trap 'rm -f "$arguments"' EXIT
case $backend in
  tornado*)
    export TORNADOVM_HOME=$here/tornadovm
    sed "s|\${TORNADOVM_HOME}|$here/tornadovm|g" "$here/tornadovm/tornado-argfile.template" >"$arguments"
    cat >>"$arguments" <<END
-Dtornado.recover.bailout=False
-Dtornado.tvm.maxbytecodesize=1048576
-Dtornado.device.memory=${MEMORY:-16GB}
-Dtrm.tornado.products=${PRODUCTS:-auto}
END
    ;;
esac

trm() {
  "$here/runtime/bin/java" --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED "@$arguments" \
    -cp "$here/jars/*" org.trm4j.cli.TrmMain "$@"
}
