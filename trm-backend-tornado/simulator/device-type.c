/*
 * Oclgrind says that its device is a CPU, a GPU and an accelerator at once, which TornadoVM does not know. Preloaded,
 * this says CPU alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CL_DEVICE_TYPE 0x1000
#define CL_DEVICE_TYPE_CPU 2

typedef int32_t (*device_info)(void *, uint32_t, size_t, void *, size_t *);

int32_t clGetDeviceInfo(void *device, uint32_t name, size_t size, void *value, size_t *needed) {
  static device_info next;
  if (next == NULL) {
    *(void **) &next = dlsym(dlopen("libOpenCL.so.1", RTLD_NOW), "clGetDeviceInfo");
  }
  int32_t status = next(device, name, size, value, needed);
  if (status == 0 && name == CL_DEVICE_TYPE && value != NULL) {
    uint64_t cpu = CL_DEVICE_TYPE_CPU;
    memcpy(value, &cpu, sizeof cpu);
  }
  return status;
}
